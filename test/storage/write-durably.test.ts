import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTorn, writeDurably } from '../../main/storage/write-durably.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'keychain.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Does it where no file can grow beyond `blocks` of the shell's (512 or 1,024 bytes). */
async function shortOfSpace(blocks: number, what: 'file' | 'receipt', place: string): Promise<string> {
  const program = join(import.meta.dirname, 'short-of-space.ts');
  const line = `ulimit -f ${blocks}; exec "$@"`;
  const args = ['-c', line, 'sh', process.execPath, '--no-warnings', program, what, place];
  return (await promisify(execFile)('sh', args)).stdout.trim();
}

describe('writing a file of ours', () => {
  it('replaces it for its owner alone, and leaves nothing beside it', async () => {
    await writeFile(path, 'old');
    await chmod(path, 0o644);
    await writeDurably(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['keychain.json']);
  });

  it.skipIf(process.platform === 'win32')('keeps a link and replaces what it leads to', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'real.json'), 'old');
    await symlink(join('elsewhere', 'real.json'), path);
    await writeDurably(path, 'new');
    expect(await readFile(join(folder, 'elsewhere', 'real.json'), 'utf8')).toBe('new');
    expect((await readdir(folder)).sort()).toEqual(['elsewhere', 'keychain.json']);
  });

  it('leaves the whole one of two that are written at the same time', async () => {
    const texts = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(200_000));
    await Promise.all(texts.map((text) => writeDurably(path, text)));
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(folder)).toEqual(['keychain.json']);
  });

  it.skipIf(process.platform === 'win32')(
    'leaves the file as it was, with nothing beside it, when the disk takes only a part of the new one',
    async () => {
      await writeFile(path, 'old');
      expect(await shortOfSpace(8, 'file', path)).toBe('EFBIG');
      expect(await readFile(path, 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['keychain.json']);
    },
  );
});

describe.skipIf(process.platform === 'win32')('the space for a receipt', () => {
  it('is refused before anything is sent when the disk has only a part of it', async () => {
    expect(await shortOfSpace(1_000, 'receipt', folder)).toBe('EFBIG');
    expect(await shortOfSpace(10_000, 'receipt', folder)).toBe('done');
  });
});

it('removes what writes of a killed process have left, and nothing else', async () => {
  await mkdir(join(folder, 'rotations'));
  const torn = [join(folder, 'keychain.json.0123456789ab.tmp'), join(folder, 'rotations', 'x.json.fedcba987654.tmp')];
  const kept = [path, join(folder, 'rotations', 'x.json'), join(folder, 'a.tmp'), join(folder, 'x.0123456789AB.tmp')];
  for (const file of [...torn, ...kept]) await writeFile(file, '{}');
  await removeTorn(folder);
  const left = (await readdir(folder, { recursive: true })).map((name) => join(folder, name));
  expect(left.sort()).toEqual([...kept, join(folder, 'rotations')].sort());
});
