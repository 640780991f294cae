import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import type { HostFile } from '../../main/hosts/host.ts';
import { withHostLock } from '../../main/hosts/locks.ts';
import { temporaryFolder } from './machines.ts';

function lockedFile(path: string): HostFile {
  return {
    hostId: 'claude-code',
    scope: 'user',
    path,
    format: 'json',
    tables: [],
    lock: { kind: 'lock-directory', path: `${path}.lock` },
  };
}

async function failure(work: Promise<unknown>): Promise<ConfigError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigError)) throw new Error(`expected a ConfigError, got ${String(error)}`);
  return error;
}

/** Another process that takes the lock as proper-lockfile does, and gives it back when told. */
async function otherHolder(lock: string): Promise<{ release: () => Promise<void> }> {
  const program = `
    const fs = require('node:fs');
    fs.mkdirSync(${JSON.stringify(lock)});
    process.stdout.write('held');
    process.stdin.once('data', () => { fs.rmdirSync(${JSON.stringify(lock)}); process.exit(0); });
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    release: async () => {
      child.stdin.write('go');
      await once(child, 'exit');
    },
  };
}

describe("a host's lock", () => {
  it('is held while the work is done, as the folder that the host looks for, and gone after it', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    const done = await withHostLock(file, async () => {
      expect((await stat(join(folder, '.claude.json.lock'))).isDirectory()).toBe(true);
      return 'done';
    });
    expect(done).toBe('done');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is gone after work that fails, and the failure is told', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    await expect(withHostLock(file, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is waited for while another process holds it', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    const other = await otherHolder(`${file.path}.lock`);
    const order: string[] = [];
    const ours = withHostLock(file, async () => order.push('ours'), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    order.push('theirs');
    await other.release();
    await ours;
    expect(order).toEqual(['theirs', 'ours']);
  });

  it('stays with the process that holds it, nothing is done, and the error names the file and the way out', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    const other = await otherHolder(`${file.path}.lock`);
    let worked = false;
    const error = await failure(withHostLock(file, async () => (worked = true), 150));
    expect(error.code).toBe('file-locked');
    expect(error.message).toContain(file.path);
    expect(error.message).toContain('not changed');
    expect(error.wayOut).toContain(`${file.path}.lock`);
    expect(worked).toBe(false);
    expect(await readdir(folder)).toEqual(['.claude.json.lock']);
    await other.release();
  });

  it('is taken over from a process that died with it', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    await mkdir(`${file.path}.lock`);
    const longAgo = new Date(Date.now() - 11_000);
    await utimes(`${file.path}.lock`, longAgo, longAgo);
    expect(await withHostLock(file, async () => 'done', 2_000)).toBe('done');
  });

  it('lets one at a time work', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withHostLock(file, work, 20_000)));
    expect(most).toBe(1);
  });

  it('is none for a file that its host does not lock', async () => {
    const folder = await temporaryFolder();
    const file = { ...lockedFile(join(folder, 'mcp.json')), lock: null };
    expect(await withHostLock(file, () => readdir(folder))).toEqual([]);
  });
});

describe('a lock that can not be taken', () => {
  it('means a missing file when its folder is not there', async () => {
    const file = lockedFile(join(await temporaryFolder(), 'gone/.claude.json'));
    expect((await failure(withHostLock(file, async () => 1))).code).toBe('file-missing');
  });

  it('means a file that can not be written when the system refuses it', async () => {
    const file = lockedFile(join(await temporaryFolder(), 'x'.repeat(300)));
    expect((await failure(withHostLock(file, async () => 1))).code).toBe('file-unwritable');
  });

  it('means a locked file when a plain file stands in its place', async () => {
    const folder = await temporaryFolder();
    const file = lockedFile(join(folder, '.claude.json'));
    await writeFile(`${file.path}.lock`, '');
    expect((await failure(withHostLock(file, async () => 1, 100))).code).toBe('file-locked');
    expect(await readdir(folder)).toEqual(['.claude.json.lock']);
  });
});
