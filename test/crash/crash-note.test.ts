import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrashNote } from '../../main/crash/crash-note.schema.ts';
import { classOf, codeOf, crashText, ownFrames } from '../../main/crash/crash-note.ts';
import { CrashNotes } from '../../main/crash/crash-notes.ts';
import { RekeyError } from '../../main/errors.ts';

const KEY = 'sk-live-0123456789abcdef';

function thrownWith(message: string, stack: string): Error {
  const error = new TypeError(message);
  error.stack = stack;
  return error;
}

const STACK = [
  `TypeError: the key ${KEY} is not a function`,
  '    at run (/opt/Rekey/app/main.mjs:120:7)',
  '    at async Object.call (file:///opt/Rekey/app/chunks/calls-1a2b.mjs:9:1)',
  `    at ${KEY} (/opt/Rekey/app/main.mjs:1:1)`,
  '    at Module._compile (node:internal/modules/cjs/loader:1141:14)',
  '    at /home/sam/other/app/main.mjs:4:4',
  '    at /opt/Rekey/app/main.mjs:77:3',
].join('\n');

describe('the places of a fault', () => {
  it('are those in our own files, by file, line and column alone', () => {
    expect(ownFrames(thrownWith(KEY, STACK), '/opt/Rekey/app')).toEqual([
      'main.mjs:120:7',
      'chunks/calls-1a2b.mjs:9:1',
      'main.mjs:1:1',
      'main.mjs:77:3',
    ]);
  });

  it('are found by Windows’ paths too', () => {
    const stack = 'Error: x\n    at run (C:\\Program Files\\Rekey\\resources\\app.asar\\dist\\main.mjs:5:6)';
    expect(ownFrames(thrownWith('x', stack), 'C:\\Program Files\\Rekey\\resources\\app.asar\\dist')).toEqual([
      'main.mjs:5:6',
    ]);
  });

  it.each([
    ['a message that looks like a frame', `Error: a\n    at /opt/Rekey/app/${KEY}\n    at x`],
    ['a query behind a place', `Error: a\n    at /opt/Rekey/app/main.mjs?key=${KEY}:1:1`],
    ['a message on the line of a place', `Error: a /opt/Rekey/app/main.mjs:1:1 ${KEY}`],
    ['no stack', ''],
  ])('hold nothing else: %s', (_what, stack) => {
    expect(ownFrames(thrownWith('a', stack), '/opt/Rekey/app')).toEqual([]);
  });

  it('are none of what isn’t an error, and never more than twenty', () => {
    expect(ownFrames(KEY, '/opt/Rekey/app')).toEqual([]);
    const long = Array.from({ length: 90 }, (_, n) => `    at f (/opt/Rekey/app/main.mjs:${n + 1}:1)`).join('\n');
    expect(ownFrames(thrownWith('x', long), '/opt/Rekey/app')).toHaveLength(20);
  });

  it('are those of a real error of this process', () => {
    const [first] = ownFrames(new Error(KEY), import.meta.dirname);
    expect(first).toMatch(/^crash-note\.test\.ts:\d+:\d+$/);
  });
});

describe('what was thrown', () => {
  it('is told by its class and its code', () => {
    expect(classOf(new RangeError(KEY))).toBe('RangeError');
    expect(classOf(KEY)).toBe('string');
    expect(codeOf(Object.assign(new Error(KEY), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(codeOf(Object.assign(new Error(KEY), { code: 'ERR_INVALID_ARG_TYPE' }))).toBe('ERR_INVALID_ARG_TYPE');
    expect(codeOf(new RekeyError('keychain-locked', KEY, KEY))).toBe('keychain-locked');
  });

  it('never by a name or a code that could be a value', () => {
    class Named extends Error {}
    Object.defineProperty(Named, 'name', { value: KEY });
    expect(classOf(new Named())).toBe('Error');
    expect(classOf(Object.assign(new Error(), { name: KEY }))).toBe('Error');
    expect(codeOf(Object.assign(new Error(), { code: KEY }))).toBeNull();
    expect(codeOf(Object.assign(new Error(), { code: 401 }))).toBeNull();
    expect(codeOf({ code: 'ENOENT' })).toBeNull();
  });
});

describe('the notes', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const note = (n: number): CrashNote => ({
    at: new Date(n * 1_000).toISOString(),
    version: '0.1.0',
    platform: 'linux',
    where: 'main',
    name: 'TypeError',
    code: null,
    frames: [`main.mjs:${n}:1`],
  });

  it('are shown at the next start, the last one, until they are dismissed', () => {
    const first = new CrashNotes(folder);
    first.add(note(1));
    first.add(note(2));
    expect(first.latest).toBeNull();
    const second = new CrashNotes(folder);
    expect(second.latest).toEqual(note(2));
    second.dismiss();
    expect(second.latest).toBeNull();
    expect(new CrashNotes(folder).latest).toBeNull();
  });

  it('of this run stay when those of before are dismissed', () => {
    new CrashNotes(folder).add(note(1));
    const now = new CrashNotes(folder);
    now.add(note(2));
    now.dismiss();
    expect(new CrashNotes(folder).latest).toEqual(note(2));
  });

  it('are for their owner alone, five at most, with nothing left behind', async () => {
    const notes = new CrashNotes(folder);
    for (let n = 1; n <= 9; n++) notes.add(note(n));
    const file = join(folder, 'crashes.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8')).notes.map(({ at }: CrashNote) => at)).toEqual(
      [5, 6, 7, 8, 9].map((n) => note(n).at),
    );
    notes.dismiss();
    expect(JSON.parse(await readFile(file, 'utf8')).notes).toHaveLength(5);
  });

  it('that can’t be read or written stop nothing', async () => {
    await writeFile(join(folder, 'crashes.json'), '{ "notes": [');
    expect(new CrashNotes(folder).latest).toBeNull();
    const nowhere = new CrashNotes(join(folder, 'gone'));
    expect(() => nowhere.add(note(1))).not.toThrow();
    expect(nowhere.latest).toBeNull();
  });

  it('are copied as text for a report', () => {
    expect(crashText({ ...note(1), code: 'ENOENT' })).toBe(
      'Rekey 0.1.0 on linux, 1970-01-01T00:00:01.000Z\nmain: TypeError (ENOENT)\n  at main.mjs:1:1\n',
    );
  });
});
