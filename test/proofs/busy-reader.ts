import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

/** What a reader says at its end. */
export interface Readings {
  readonly reads: number;
  /** How often there was no file, or none that could be parsed. */
  readonly broken: number;
}

// Reads and parses a file without a pause, as a host does that starts just then.
const [path = ''] = process.argv.slice(2);
let reads = 0;
let broken = 0;
let ending = false;
process.once('message', () => {
  ending = true;
});

process.send?.('started');
while (!ending) {
  reads++;
  try {
    JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    broken++;
  }
  await turn();
}
process.send?.({ reads, broken } satisfies Readings, () => process.disconnect());
