/** A process that takes a lock over and over; while it holds it, it is the only one who adds a line to the log. */
import { appendFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireDirectoryLock } from '../../main/storage/directory-lock.ts';

const [path = '', log = '', turns = '1'] = process.argv.slice(2);
for (let turn = 0; turn < Number(turns); turn += 1) {
  const release = await acquireDirectoryLock(path, { waitMs: 20_000, staleMs: 5_000 });
  await appendFile(log, `+${process.pid}\n`);
  await sleep(5);
  await appendFile(log, `-${process.pid}\n`);
  await release();
}
