/** A process that keeps versions of one file, one after the other, in a keychain that it shares with others. */
import { BackupStore } from '../../main/backups/backup-store.ts';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { snapshotOf } from './snapshots.ts';

const [folder = '', keychainPath = '', path = '', name = '', count = '1'] = process.argv.slice(2);
const keychain = new FileKeychain(keychainPath);
await keychain.unlock(new Secret('correct horse'));
const backups = new BackupStore({ folder, keychain, now: () => new Date() });
for (let turn = 0; turn < Number(count); turn += 1) {
  const { at } = await backups.keep(snapshotOf(path, `${name} ${turn}`), { kind: 'restore' });
  console.log(at);
}
