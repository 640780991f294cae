import { randomBytes } from 'node:crypto';
import type { Keychain } from './keychain.ts';
import { Secret } from './secret.ts';

/** Writes a sentinel, which reads it back, and deletes it: whether a keychain can keep something now. */
export async function probeWithSentinel(keychain: Pick<Keychain, 'set' | 'delete'>): Promise<void> {
  const account = `sentinel:${randomBytes(8).toString('hex')}`;
  await keychain.set(account, new Secret(randomBytes(16).toString('hex')));
  await keychain.delete(account);
}
