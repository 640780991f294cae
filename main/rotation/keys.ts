import type { Secret } from '../credentials/secret.ts';
import type { Run } from './run.ts';

/** The old key to look for, the new one and its companions. */
export interface Keys {
  readonly old: Secret | null;
  readonly fresh: Secret;
  readonly companions: ReadonlyMap<string, Secret>;
}

/** What is to be replaced by what, from the keychain. @throws {KeychainError} when it gives nothing now. */
export async function keysOf(run: Run): Promise<Keys> {
  const { credentials } = run.parts;
  const { id } = run.record.target;
  const companions = new Map<string, Secret>();
  for (const name of run.record.newCompanions) {
    const value = await credentials.companionOf(id, name);
    if (value) companions.set(name, value);
  }
  return { old: await credentials.previousOf(id), fresh: await credentials.secretOf(id), companions };
}
