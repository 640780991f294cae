import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePlaces, tappedPlaces } from './places.ts';
import { ProcessWatch } from './process-watch.ts';
import { searchFor } from './search.ts';
import { sweep } from './sweep.ts';
import { TAP_FOLDER } from './tap-file.ts';

const secret = `sk-live-${randomBytes(20).toString('hex')}`;
const search = searchFor([{ name: 'the secret', value: secret, publicBeginning: 8 }]);
let tap: string;
let folder: string;

beforeEach(async () => {
  tap = await mkdtemp(join(tmpdir(), 'rekey-'));
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => Promise.all([tap, folder].map((one) => rm(one, { recursive: true }))));

/** Runs the program that lets the secret go in this way. */
async function leak(way: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(import.meta.dirname, 'tap.ts')).href,
      join(import.meta.dirname, 'leaky.ts'),
      way,
      folder,
    ],
    { env: { PATH: process.env.PATH, SECRET_OF_THE_TEST: secret, [TAP_FOLDER]: tap, NODE_NO_WARNINGS: '1' } },
  );
  child.stdout.resume();
  child.stderr.resume();
  expect(await once(child, 'close')).toEqual([0, null]);
}

const WAYS: readonly (readonly [way: string, seen: readonly RegExp[]])[] = [
  ['stdout', [/: stdout out/]],
  ['stderr', [/: stderr out/]],
  ['promised', [/: file .*gone/]],
  ['handle', [/: file .*gone/]],
  ['sync', [/: file .*gone/]],
  ['stream', [/: file .*gone/]],
  ['name', [/in the name of a place/]],
  ['argument', [/: arguments of true/]],
  ['environment', [/: environment of true/]],
  ['input', [/: stdin of cat out/, /: stdout of cat in/]],
  ['request', [/: pages in/, /: service \d+ out/]],
  ['answer', [/: pages out/, /: service \d+ in/]],
  ['socket', [/: local socket in/, /: local socket out/]],
];

it.each(WAYS)('a secret that goes by way of “%s” is seen there, though nothing is left of it', async (way, seen) => {
  await leak(way);
  expect(await readdir(folder)).toEqual([]);
  const { leaks } = sweep(await tappedPlaces(tap), search, []);
  expect(leaks).toHaveLength(seen.length);
  for (const [index, place] of seen.entries()) expect(leaks[index]).toMatch(place);
});

it('a secret in the environment of a process is seen while that runs', async () => {
  const watch = new ProcessWatch();
  await leak('stdout');
  const { leaks } = sweep(watch.stop(), search, []);
  expect(leaks).toEqual([expect.stringMatching(/^the secret in environ of process \d+ \(plain\)$/)]);
});

it('a secret in a file, and in where a link leads, is seen', async () => {
  await writeFile(join(folder, 'file'), Buffer.from(secret, 'utf16le'));
  await symlink(secret, join(folder, 'link'));
  const { leaks } = sweep(await filePlaces(folder), search, []);
  expect(leaks).toEqual([
    `the secret in file ${join(folder, 'file')} (UTF-16, plain)`,
    `the secret in link ${join(folder, 'link')} (plain)`,
  ]);
});

it('a secret that belongs at one place of a stream is a leak at another', () => {
  const bytes = Buffer.from(`here ${secret} and there ${secret}`);
  const half = { place: /^stream$/, canaries: ['the secret'], where: (_: Buffer, at: number) => at < 20 };
  expect(sweep([{ name: 'stream', bytes }], search, [half])).toEqual({
    leaks: ['the secret in stream (plain)'],
    used: new Set([half]),
  });
  const others = { place: /^stream$/, canaries: ['another'] };
  expect(sweep([{ name: 'stream', bytes }], search, [others]).leaks).toHaveLength(1);
});
