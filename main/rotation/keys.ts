import type { PendingKey } from '../credentials/pending-key.ts';
import type { Secret } from '../credentials/secret.ts';
import type { Keys } from './memory.ts';
import type { Run } from './run.ts';

/** What is to be replaced by what, from the keychain. @throws {KeychainError} when it gives nothing now. */
export async function keysOf(run: Run): Promise<Keys> {
  run.memory.keys ??= await readKeys(run);
  return run.memory.keys;
}

/** The same, as it will be in the keychain when the new key has taken its place. */
export function keysFrom({ key, companions, replaces }: PendingKey): Keys {
  return { old: replaces, fresh: key, companions: new Map(Object.entries(companions)) };
}

async function readKeys(run: Run): Promise<Keys> {
  const { credentials } = run.parts;
  const { id } = run.record.target;
  const companions = new Map<string, Secret>();
  for (const name of run.record.newCompanions) {
    const value = await credentials.companionOf(id, name);
    if (value) companions.set(name, value);
  }
  return { old: await credentials.previousOf(id), fresh: await credentials.secretOf(id), companions };
}

/** The keys that the new one can't be. A keychain that doesn't give them now must not keep the answer from being read. */
export async function knownKeys(run: Run): Promise<Secret[]> {
  const keys = [
    await run.oldKey().catch(() => null),
    run.memory.asked ?? (await run.parts.credentials.secretOf(run.credential.id).catch(() => null)),
  ];
  return keys.filter((key) => key !== null);
}
