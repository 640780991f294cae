/**
 * Run as a process of its own under a limit on the size of files, which ends a write in the middle as a full disk does:
 * the first call writes what fits and says so, and only the next one fails.
 */

import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Receipts } from '../../main/rotation/receipts.ts';
import { writeDurably } from '../../main/storage/write-durably.ts';

const [what, path = ''] = process.argv.slice(2);
process.on('SIGXFSZ', () => {});
try {
  if (what === 'file') await writeDurably(path, 'new '.repeat(100_000));
  else await new Receipts(path, new MemoryKeychain()).prepare('r');
  console.log('done');
} catch (error) {
  console.log((error as NodeJS.ErrnoException).code);
}
