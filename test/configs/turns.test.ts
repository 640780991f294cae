import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Turns } from '../../main/configs/turns.ts';

describe('those who change the same file', () => {
  let folder: string;
  let turns: Turns;
  let at: Record<string, number>;
  let most: Record<string, number>;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    turns = new Turns();
    at = {};
    most = {};
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Notes how many are at work on one file at the same time. */
  const work = (file: string) => async (): Promise<string> => {
    at[file] = (at[file] ?? 0) + 1;
    most[file] = Math.max(most[file] ?? 0, at[file]);
    await new Promise((resolve) => setImmediate(resolve));
    at[file] -= 1;
    return file;
  };

  it('do so one after the other, and get what their work gives', async () => {
    const path = join(folder, 'one.json');
    await writeFile(path, '{}');
    const all = Array.from({ length: 20 }, () => turns.take(path, work('one')));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['one']));
    expect(most).toEqual({ one: 1 });
  });

  it('are known by where a link leads', async () => {
    const path = join(folder, 'one.json');
    const link = join(folder, 'link.json');
    await writeFile(path, '{}');
    await symlink(path, link);
    await Promise.all([path, link, path, link].map((one) => turns.take(one, work('one'))));
    expect(most).toEqual({ one: 1 });
  });

  it('wait for nobody who works on another file', async () => {
    let finish = (): void => {};
    const blocked = turns.take(join(folder, 'one'), () => new Promise<void>((resolve) => (finish = resolve)));
    expect(await turns.take(join(folder, 'two'), work('two'))).toBe('two');
    finish();
    await blocked;
  });

  it('have their turn also after one that failed, whose error is its own', async () => {
    const path = join(folder, 'missing.json');
    const failing = turns.take(path, () => Promise.reject(new Error('disk full')));
    const next = turns.take(path, work('one'));
    await expect(failing).rejects.toThrow('disk full');
    expect(await next).toBe('one');
  });
});
