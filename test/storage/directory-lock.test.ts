import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDirectoryLock } from '../../main/storage/directory-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  path = join(folder, 'a.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const AT_ONCE = { waitMs: 0, staleMs: 10_000 };
const held = { code: 'lock-held' };

async function makeStale(lock: string): Promise<void> {
  await mkdir(lock, { recursive: true });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
}

/** Takes the lock in several processes, and checks that no two of them held it at a time. */
async function contend(processes: number, turns: number): Promise<void> {
  const log = join(folder, 'log');
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'lock-process.ts'), path, log, `${turns}`], {
      stdio: 'inherit',
    }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual(children.map(() => 0));
  const lines = (await readFile(log, 'utf8')).trim().split('\n');
  expect(lines).toHaveLength(2 * processes * turns);
  for (let at = 0; at < lines.length; at += 2) expect(lines[at + 1]).toBe(lines[at]?.replace('+', '-'));
  expect(await readdir(folder)).toEqual(['log']);
}

describe('a directory lock', () => {
  it('is there while it is held and gone when it is released', async () => {
    const release = await acquireDirectoryLock(path, AT_ONCE);
    expect((await stat(path)).isDirectory()).toBe(true);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps others out until it is released', async () => {
    const release = await acquireDirectoryLock(path, AT_ONCE);
    await expect(acquireDirectoryLock(path, { ...AT_ONCE, waitMs: 120 })).rejects.toMatchObject(held);
    const waiting = acquireDirectoryLock(path, { ...AT_ONCE, waitMs: 20_000 });
    await release();
    await (await waiting)();
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets one process at a time in', () => contend(3, 8));

  it('lets one process at a time in when many find the same stale lock', async () => {
    await makeStale(path);
    await contend(4, 2);
  });

  it('lets one of many takers of a stale lock have it', async () => {
    for (let round = 0; round < 10; round += 1) {
      await makeStale(path);
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireDirectoryLock(path, AT_ONCE)));
      const releases = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(releases).toHaveLength(1);
      await releases[0]?.();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is taken over from a process that died while it took a stale one over', async () => {
    await makeStale(path);
    await makeStale(`${path}.takeover`);
    const release = await acquireDirectoryLock(path, { waitMs: 20_000, staleMs: 10_000 });
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not taken from somebody who keeps it fresh', async () => {
    await mkdir(path);
    await expect(acquireDirectoryLock(path, { waitMs: 100, staleMs: 10_000 })).rejects.toMatchObject(held);
    expect(await readdir(folder)).toEqual(['a.lock']);
  });

  it('is kept fresh while it is held', async () => {
    const release = await acquireDirectoryLock(path, { waitMs: 0, staleMs: 400 });
    const before = (await stat(path)).mtimeMs;
    await expect.poll(async () => (await stat(path)).mtimeMs, { timeout: 10_000 }).toBeGreaterThan(before);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is gone after a release in the middle of being kept fresh', async () => {
    for (let round = 0; round < 20; round += 1) {
      const release = await acquireDirectoryLock(path, { waitMs: 0, staleMs: 4 });
      await sleep(round / 4);
      await release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is left alone by the release of one who has lost it', async () => {
    const release = await acquireDirectoryLock(path, AT_ONCE);
    await rmdir(path);
    await makeStale(path);
    await release();
    expect(await readdir(folder)).toEqual(['a.lock']);
  });

  it('fails at once where no lock can be made', async () => {
    await expect(
      acquireDirectoryLock(join(folder, 'none', 'a.lock'), { ...AT_ONCE, waitMs: 20_000 }),
    ).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
