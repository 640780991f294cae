import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notParsable } from '../../main/configs/snapshot.ts';
import { writeAtOnce } from '../../main/configs/write-at-once.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rekey-'));
  path = join(folder, 'mcp.json');
  writeFileSync(path, 'old 0');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replace('old', 'the new one'));

/** As another program: a new version, renamed into place. */
function writtenByOthers(text: string): void {
  writeFileSync(`${path}.theirs`, text);
  renameSync(`${path}.theirs`, path);
}

describe('a write in the gap between two foreign ones', () => {
  it('replaces the file, keeps its mode, and a link a link', async () => {
    mkdirSync(join(folder, 'dotfiles'));
    const target = join(folder, 'dotfiles', 'real.json');
    renameSync(path, target);
    symlinkSync('dotfiles/real.json', path);
    chmodSync(target, 0o640);
    expect(await writeAtOnce(path, fresh)).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('the new one 0');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect([...readdirSync(folder), ...readdirSync(join(folder, 'dotfiles'))]).toEqual([
      'dotfiles',
      'mcp.json',
      'real.json',
    ]);
  });

  it('is made from what stands there last, when the file changes while it is made', async () => {
    let writes = 0;
    const isReplaced = await writeAtOnce(path, (bytes) => {
      if (writes < 3) writtenByOthers(`old ${++writes}`);
      return fresh(bytes);
    });
    expect(isReplaced).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('the new one 3');
  });

  it('sees a change in place that keeps length and times', async () => {
    let writes = 0;
    const { atime, mtime } = statSync(path);
    await writeAtOnce(path, (bytes) => {
      if (writes++ === 0) {
        writeFileSync(path, 'old 9');
        utimesSync(path, atime, mtime);
      }
      return fresh(bytes);
    });
    expect(readFileSync(path, 'utf8')).toBe('the new one 9');
  });

  it('waits for the rest of a file that is met half-written', async () => {
    let reads = 0;
    await writeAtOnce(path, (bytes) => {
      if (++reads < 3) throw notParsable('half');
      return fresh(bytes);
    });
    expect(readFileSync(path, 'utf8')).toBe('the new one 0');
  });

  it('leaves a file alone in which there is nothing to change', async () => {
    const before = lstatSync(path);
    expect(await writeAtOnce(path, () => null)).toBe(false);
    expect(lstatSync(path)).toMatchObject({ ino: before.ino, ctimeMs: before.ctimeMs });
    expect(readdirSync(folder)).toEqual(['mcp.json']);
  });
});

describe('without such a gap', () => {
  it('the file stays the others’, and it is said that it was changed', async () => {
    let writes = 0;
    const written = writeAtOnce(path, (bytes) => {
      writtenByOthers(`old ${++writes}`);
      return fresh(bytes);
    });
    await expect(written).rejects.toMatchObject({ code: 'file-changed' });
    expect(readFileSync(path, 'utf8')).toBe(`old ${writes}`);
    expect(writes).toBeGreaterThan(100);
    expect(readdirSync(folder)).toEqual(['mcp.json']);
  });

  it('a file that stays broken is said to be broken', async () => {
    const written = writeAtOnce(path, () => {
      throw notParsable(path);
    });
    await expect(written).rejects.toMatchObject({ code: 'file-not-parsable' });
    expect(readdirSync(folder)).toEqual(['mcp.json']);
  });

  it('a file that is too large to be done in one is left to the careful way', async () => {
    writeFileSync(path, Buffer.alloc(8_000_001, 0x20));
    await expect(writeAtOnce(path, fresh)).rejects.toMatchObject({ code: 'file-changed' });
    expect(statSync(path).size).toBe(8_000_001);
    expect(readdirSync(folder)).toEqual(['mcp.json']);
  });

  it('a file whose rights have changed is left as it is', async () => {
    chmodSync(path, 0o644);
    const written = writeAtOnce(path, (bytes) => {
      writtenByOthers('old 1');
      chmodSync(path, 0o600);
      return fresh(bytes);
    });
    await expect(written).rejects.toMatchObject({ code: 'file-changed' });
    expect(readFileSync(path, 'utf8')).toBe('old 1');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
