/**
 * Run as a process of its own, in a session of its own: does the steps that stand on standard input and prints what came
 * of each. Values come in by standard input, never as arguments, and go out as fingerprints.
 */
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ChosenKeychain } from '../../main/credentials/chosen-keychain.ts';
import { CredentialIndexSchema } from '../../main/credentials/credential.schema.ts';
import { CredentialStore } from '../../main/credentials/credential-store.ts';
import type { Keychain } from '../../main/credentials/keychain.ts';
import { OsKeychain } from '../../main/credentials/os-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { errorView } from '../../main/errors.ts';
import { JsonFile } from '../../main/storage/json-file.ts';

export type ProbeStep =
  | { readonly do: 'set'; readonly account: string; readonly value: string }
  | { readonly do: 'get' | 'delete'; readonly account: string }
  | { readonly do: 'probe' | 'state' }
  | { readonly do: 'choose'; readonly passphrase: string }
  | { readonly do: 'add'; readonly name: string; readonly value: string }
  | { readonly do: 'secretOf' | 'remove'; readonly name: string };

export interface ProbeInput {
  readonly keychain: 'os' | 'chosen';
  readonly dataFolder: string;
  readonly steps: readonly ProbeStep[];
}

const { keychain: kind, dataFolder, steps }: ProbeInput = JSON.parse(await text(process.stdin));
const chosen = new ChosenKeychain({ dataFolder, env: process.env });
const keychain: Keychain = kind === 'os' ? new OsKeychain() : chosen;
const index = new JsonFile(
  join(dataFolder, 'credentials.json'),
  CredentialIndexSchema,
  { version: 1, credentials: [] },
  () => {},
);
const store = new CredentialStore({ index, keychain, now: () => new Date() });

const results: unknown[] = [];
for (const step of steps) results.push(await attempt(step));
console.log(JSON.stringify(results));

async function attempt(step: ProbeStep): Promise<unknown> {
  try {
    const result = await doStep(step);
    return result instanceof Secret ? result.fingerprint : (result ?? null);
  } catch (error) {
    return { error: errorView(error).code };
  }
}

async function doStep(step: ProbeStep): Promise<unknown> {
  switch (step.do) {
    case 'set':
      await keychain.set(step.account, new Secret(step.value));
      return 'set';
    case 'get':
      return keychain.get(step.account);
    case 'delete':
      await keychain.delete(step.account);
      return 'deleted';
    case 'probe':
      await keychain.probe();
      return 'probed';
    case 'state': {
      const { kind: inUse, status, problem } = await chosen.state();
      return { kind: inUse, status, problem: problem?.code ?? null };
    }
    case 'choose':
      return (await chosen.choose({ kind: 'file', passphrase: step.passphrase }, await store.accounts())).status;
    case 'add':
      await store.add({
        name: step.name,
        provider: 'bitscale',
        baseUrl: 'https://api.example.test',
        kind: null,
        settings: {},
        verification: null,
        secret: new Secret(step.value),
      });
      return 'added';
    case 'secretOf':
      return store.secretOf((await store.find(step.name)).id);
    case 'remove':
      await store.remove((await store.find(step.name)).id);
      return 'removed';
  }
}
