import { randomBytes, scryptSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { seal } from '../../main/credentials/sealed.ts';
import { Secret } from '../../main/credentials/secret.ts';

export const PASSPHRASE = new Secret('a passphrase for the faults');

/** The cheapest that scrypt knows: Rekey's own cost would take most of a row's time. */
const PARAMETERS = { N: 2, r: 1, p: 1 };

/** An empty encrypted keychain as Rekey would have made it, but for the cost of its passphrase. */
export function makeEncryptedFile(path: string): void {
  const salt = randomBytes(16);
  const key = new Secret(scryptSync(PASSPHRASE.reveal(), salt, 32, PARAMETERS).toString('base64'));
  const content = {
    version: 1,
    scrypt: { ...PARAMETERS, salt: salt.toString('base64') },
    check: seal(key, Buffer.alloc(0), 'rekey keychain').toString('base64'),
    entries: {},
  };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
}
