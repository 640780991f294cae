import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../../main/errors.ts';

/** What a writer says at its end. */
export interface Writings {
  /** How often it wrote the file. */
  readonly writes: number;
  /** How often it read another file than it had written last: since then somebody else has renamed theirs into place. */
  readonly overtaken: number;
}

// Writes a file as Claude Code does: reads it, raises a counter and adds to a history, writes a temporary file and renames
// it into place, every millisecond, with proper-lockfile's folder around it or without; or dawdling: without it, and half
// of the time it has read and not written yet, so that what is renamed in between is undone. Each write adds its own
// number, and nothing ever removes one: the numbers that are missing at the end are the writes that were lost.
const [path = '', way = ''] = process.argv.slice(2);
let writes = 0;
let overtaken = 0;
let last: string | null = null;
let ending = false;
process.once('message', () => {
  ending = true;
});

async function locked(work: () => Promise<void>): Promise<void> {
  while (!taken()) await sleep(1);
  try {
    await work();
  } finally {
    rmdirSync(`${path}.lock`);
  }
}

function taken(): boolean {
  try {
    mkdirSync(`${path}.lock`);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function write(): Promise<void> {
  const text = readFileSync(path, 'utf8');
  if (last !== null && text !== last) overtaken++;
  const settings: { counter: number; history: number[] } = JSON.parse(text);
  settings.counter++;
  settings.history.push(writes + 1);
  last = JSON.stringify(settings);
  if (way === 'dawdling') await sleep(5);
  const temporary = `${path}.tmp.${process.pid}`;
  writeFileSync(temporary, last);
  renameSync(temporary, path);
  writes++;
}

process.send?.('started');
while (!ending) {
  if (way === 'with-lock') await locked(write);
  else await write();
  await sleep(way === 'dawdling' ? 5 : 1);
}
process.send?.({ writes, overtaken } satisfies Writings, () => process.disconnect());
