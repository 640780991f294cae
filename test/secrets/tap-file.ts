import { openSync, readFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Environment variable that names the folder into which each process writes what it did. */
export const TAP_FOLDER = 'REKEY_TEST_TAP';

/** One thing that a process has done. */
export interface Noted {
  /** The program and its first words: `browser.mjs`, `rekey.mjs add work`. */
  readonly program: string;
  /** `local socket out`, `file /home/...`, `arguments of xsel`. */
  readonly what: string;
  /** Bytes of the same program, thing and number belong together. */
  readonly number: number;
  readonly bytes: Buffer;
}

// Node's own, before anything takes its place.
const write = writeSync;
const program = [basename(process.argv[1] ?? ''), ...process.argv.slice(2, 4)].join(' ');
let file: number | null = null;

/** Writes it down at once, so that it is there also when the process is killed. */
export function note(what: string, bytes: Buffer, number = 0): void {
  const folder = process.env[TAP_FOLDER];
  if (folder === undefined) return;
  file ??= openSync(join(folder, `${process.pid}-${Date.now()}.tap`), 'a', 0o600);
  const head = Buffer.from(JSON.stringify({ program, what, number }));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(head.length, 0);
  lengths.writeUInt32BE(bytes.length, 4);
  write(file, Buffer.concat([lengths, head, bytes]));
}

/** What one process has written down, in its order. */
export function readNoted(path: string): Noted[] {
  const all = readFileSync(path);
  const noted: Noted[] = [];
  for (let at = 0; at + 8 <= all.length; ) {
    const from = at + 8 + all.readUInt32BE(at);
    const to = from + all.readUInt32BE(at + 4);
    noted.push({ ...JSON.parse(all.toString('utf8', at + 8, from)), bytes: all.subarray(from, to) });
    at = to;
  }
  return noted;
}
