import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StorageError } from '../../main/storage/errors.ts';
import { JsonFile } from '../../main/storage/json-file.ts';
import type { SetAside } from '../../main/storage/set-aside.ts';

const Schema = z.object({ version: z.literal(1), names: z.array(z.string()) });
type Content = z.infer<typeof Schema>;
const INITIAL: Content = { version: 1, names: [] };

let folder: string;
let path: string;
let notices: SetAside[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'names.json');
  notices = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(): JsonFile<Content> {
  return new JsonFile(path, Schema, INITIAL, (notice) => notices.push(notice));
}

const add = (name: string) => (value: Content) => ({ ...value, names: [...value.names, name] });

async function failure(work: Promise<unknown>): Promise<StorageError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StorageError)) throw new Error(`expected a StorageError, got ${String(error)}`);
  return error;
}

describe('a JSON file of ours', () => {
  it('gives the initial value where there is none, and reading makes none', async () => {
    expect(await open().read()).toEqual(INITIAL);
    expect(await readdir(folder)).toEqual([]);
  });

  it('holds what was written, readable by its owner alone, and leaves no other file', async () => {
    await open().write({ version: 1, names: ['a'] });
    expect(await open().read()).toEqual({ version: 1, names: ['a'] });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['names.json']);
  });

  it.each([
    ['no JSON', '{"version":1,"names":["a"'],
    ['an empty file', ''],
    ['of another form', '{"version":1,"names":"a"}'],
    ['of a newer version', '{"version":2,"names":["a"]}'],
  ])('sets a file aside that is %s, whole, and says so', async (_, text) => {
    await writeFile(path, text);
    expect(await open().read()).toEqual(INITIAL);
    const [notice] = notices;
    expect(notices).toHaveLength(1);
    expect(notice).toMatchObject({ from: path, view: { code: 'file-set-aside' } });
    expect(notice?.to).toMatch(/names\.json\.unreadable-\d{4}-\d\d-\d\dT[\d-]+Z$/);
    expect(await readFile(notice?.to ?? '', 'utf8')).toBe(text);
  });

  it('sets a file aside before a change too, and changes the initial value', async () => {
    await writeFile(path, 'broken');
    expect(await open().update(add('a'))).toEqual({ version: 1, names: ['a'] });
    expect(await readFile(notices[0]?.to ?? '', 'utf8')).toBe('broken');
  });

  it('sets a broken file aside once when many read and change it at the same time, and keeps every change', async () => {
    await writeFile(path, 'broken');
    const files = Array.from({ length: 4 }, open);
    await Promise.all(files.flatMap((file, index) => [file.read(), file.update(add(`${index}`)), file.read()]));
    expect((await open().read()).names.sort()).toEqual(['0', '1', '2', '3']);
    expect(notices).toHaveLength(1);
    expect((await readdir(folder)).sort()).toEqual(['names.json', notices[0]?.to.slice(folder.length + 1)]);
  });

  it('leaves a file as it was when a change throws or makes nonsense, and takes the next change', async () => {
    const file = open();
    await file.update(add('a'));
    const before = await readFile(path, 'utf8');
    await expect(
      file.update(() => {
        throw new RangeError('no');
      }),
    ).rejects.toThrow(RangeError);
    // A wrong type on purpose: what an older caller might pass.
    await expect(file.update(() => ({ version: 1, names: 'a' }) as unknown as Content)).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe(before);
    expect((await file.update(add('b'))).names).toEqual(['a', 'b']);
  });

  it('keeps the order of changes of one process', async () => {
    const file = open();
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => file.update(add(name))));
    expect((await file.read()).names).toEqual(['a', 'b', 'c', 'd']);
  });

  it('loses no change of two processes at the same time', async () => {
    const count = 15;
    const children = ['a', 'b'].map((name) =>
      spawn(
        process.execPath,
        ['--no-warnings', join(import.meta.dirname, 'json-file-process.ts'), path, name, `${count}`],
        {
          stdio: 'inherit',
        },
      ),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    const { names } = await open().read();
    for (const name of ['a', 'b']) {
      const turns = Array.from({ length: count }, (_, turn) => `${name}${turn}`);
      expect(names.filter((one) => one.startsWith(name))).toEqual(turns);
    }
    expect(await readdir(folder)).toEqual(['names.json']);
  });

  it('goes on after a process that died while it held the lock', async () => {
    await mkdir(`${path}.lock`);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${path}.lock`, longAgo, longAgo);
    expect((await open().update(add('a'))).names).toEqual(['a']);
  });

  it('says that it can’t be written where the folder is gone', async () => {
    await rm(folder, { recursive: true });
    expect(await failure(open().update(add('a')))).toMatchObject({ code: 'storage-unwritable' });
  });

  it('says that it can’t be read where it is no file, and sets nothing aside', async () => {
    await mkdir(path);
    expect(await failure(open().read())).toMatchObject({ code: 'storage-unreadable' });
    expect(notices).toEqual([]);
    expect(await readdir(folder)).toEqual(['names.json']);
  });

  it('neither sets aside nor changes a file that it may not read', async () => {
    await writeFile(path, 'may not be read');
    await chmod(path, 0o000);
    await chmod(folder, 0o777);
    const program = `
      import { z } from 'zod';
      import { JsonFile } from ${JSON.stringify(join(import.meta.dirname, '../../main/storage/json-file.ts'))};
      // Root reads everything: the test needs somebody who is not.
      if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
      const file = new JsonFile(${JSON.stringify(path)}, z.unknown(), null, () => console.log('set aside'));
      for (const work of [() => file.read(), () => file.update(() => 1)]) await work().catch(({ code }) => console.log(code));
    `;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', program], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
    await once(child, 'close');
    expect(printed).toBe('storage-unreadable\nstorage-unreadable\n');
    await chmod(path, 0o600);
    expect(await readFile(path, 'utf8')).toBe('may not be read');
    expect(await readdir(folder)).toEqual(['names.json']);
  });
});
