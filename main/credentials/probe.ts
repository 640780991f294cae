import { randomBytes } from 'node:crypto';
import { type Keychain, KeychainError } from './keychain.ts';
import { Secret } from './secret.ts';

/** Always the same, so that one that a crash has left is gone with the next probe. */
const ACCOUNT = 'sentinel';
/** Another Rekey of the same user may probe at the same time, and read or delete what this one has written. */
const ATTEMPTS = 3;

const probing = new WeakMap<object, Promise<void>>();

/** Writes a sentinel, which reads it back, and deletes it: whether a keychain can keep something now. */
export function probeWithSentinel(keychain: Pick<Keychain, 'set' | 'delete'>): Promise<void> {
  const before = probing.get(keychain) ?? Promise.resolve();
  const now = before.catch(() => {}).then(() => probe(keychain));
  probing.set(keychain, now);
  return now;
}

async function probe(keychain: Pick<Keychain, 'set' | 'delete'>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await keychain.set(ACCOUNT, new Secret(randomBytes(16).toString('hex')));
      return await keychain.delete(ACCOUNT);
    } catch (error) {
      const isRace = error instanceof KeychainError && error.code === 'keychain-read-back';
      if (!isRace || attempt === ATTEMPTS) throw error;
    }
  }
}
