/**
 * Run as a process of its own under a limit on the size of files, which ends a write in the middle as a full disk does:
 * the first call writes what fits and says so, and only the next one fails.
 */

import { randomBytes } from 'node:crypto';
import { BackupStore } from '../../main/backups/backup-store.ts';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Receipts } from '../../main/rotation/receipts.ts';
import { writeDurably } from '../../main/storage/write-durably.ts';
import { snapshotOf } from '../backups/snapshots.ts';

const [what, path = ''] = process.argv.slice(2);
process.on('SIGXFSZ', () => {});
try {
  if (what === 'file') await writeDurably(path, 'new '.repeat(100_000));
  else if (what === 'backup') await keepBackup(path);
  else await new Receipts(path, new MemoryKeychain()).prepare('r');
  console.log('done');
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code);
}

/** Of content that no compression makes smaller. */
async function keepBackup(folder: string): Promise<void> {
  const backups = new BackupStore({ folder, keychain: new MemoryKeychain(), now: () => new Date() });
  await backups.keep(snapshotOf('/some/file', randomBytes(100_000)), { kind: 'restore' });
}
