import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';

/** What the reader says of each file at its end. */
export interface Readings {
  readonly reads: number;
  /** How often there was no file, or none that could be parsed. */
  readonly broken: number;
}

// Reads and parses files in turn without a pause, as a host does that starts just then.
const paths = process.argv.slice(2);
const readings = paths.map(() => ({ reads: 0, broken: 0 }));
let ending = false;
process.once('message', () => {
  ending = true;
});

process.send?.('started');
while (!ending) {
  for (const [index, reading] of readings.entries()) {
    reading.reads++;
    try {
      JSON.parse(readFileSync(paths[index] ?? '', 'utf8'));
    } catch {
      reading.broken++;
    }
  }
  await turn();
}
process.send?.(readings satisfies readonly Readings[], () => process.disconnect());
