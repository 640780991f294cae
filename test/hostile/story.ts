import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { searchFor } from '../secrets/search.ts';
import { HostileBitscale, type Rotated } from './hostile-bitscale.ts';

/** Waiting times for services that never come to an end. */
const DELAYS = {
  requestTimeout: 1_500,
  verifyTimeout: 2_000,
  verifyRetry: 20,
  doubtRecheck: 20,
  doubtSettle: 40,
  retry: 50,
  lookAgain: 20,
};

/** A core with a good service and a hostile one, each with a credential (`good`, `bad`) and a place in a host's file. */
export interface HostileStory {
  readonly sandbox: Sandbox;
  readonly good: FakeBitscale;
  readonly bad: HostileBitscale;
  /** The hostile service's key before. */
  readonly old: string;
  /** The host's file that holds the key of `bad`. */
  readonly file: string;
  rotate(): Promise<Rotation>;
  /** Rekey still does its work, and has told no key of any kind to anybody. */
  livesOn(): Promise<void>;
  close(): Promise<void>;
}

export async function hostileStory(rotated: Rotated, next?: string): Promise<HostileStory> {
  const [good, bad] = [await startBitscale(), await HostileBitscale.start(rotated, next)];
  const sandbox = await openSandbox({ delays: DELAYS });
  const old = bad.key;
  const secrets = [old, bad.next, good.key];
  const file = join(sandbox.home, '.cursor', 'mcp.json');
  const server = (key: string) => ({ command: 'uvx', env: { BITSCALE_API_KEY: key } });
  await put(file, JSON.stringify({ mcpServers: { bad: server(old) } }));
  await put(join(sandbox.home, '.claude.json'), JSON.stringify({ mcpServers: { good: server(good.key) } }));
  for (const [name, { key, url }] of Object.entries({ good, bad }))
    await sandbox.call('addCredential', { name, provider: 'bitscale', key, baseUrl: url });
  return {
    sandbox,
    good,
    bad,
    old,
    file,
    rotate: () => sandbox.rotate('bad'),
    async livesOn() {
      expect(await sandbox.call('verifyCredential', { credential: 'good' })).toMatchObject({ state: 'accepted' });
      expect((await sandbox.call('planRotation', { credential: 'good' })).sites).toHaveLength(1);
      await tellsNoKey(sandbox, secrets);
    },
    async close() {
      await sandbox.dispose();
      await Promise.all([good.stop(), bad.stop()]);
    },
  };
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** Neither in what the core has told, nor in its own files. Those that are too short to be told from chance are passed over. */
async function tellsNoKey({ events, rekey }: Sandbox, keys: readonly string[]): Promise<void> {
  const canaries = [...new Set(keys)]
    .map((value, index) => ({ name: `key ${index}`, value, publicBeginning: 8 }))
    .filter(({ value }) => value.length >= 20);
  const search = searchFor(canaries);
  expect(search(Buffer.from(JSON.stringify(events)))).toEqual([]);
  for (const { path, bytes } of await filesBelow(rekey.dataFolder)) expect([path, search(bytes)]).toEqual([path, []]);
}
