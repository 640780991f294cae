import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { acquireFlock } from '../../main/hosts/flock.ts';
import type { HostFile, Lock } from '../../main/hosts/host.ts';
import { withHostLock } from '../../main/hosts/locks.ts';
import { temporaryFolder } from './machines.ts';

type Locked = Pick<HostFile, 'path' | 'lock'>;

function lockedFile(path: string): Locked {
  return { path, lock: { kind: 'lock-directory', staleMs: 10_000 } };
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
function otherHolder(lock: string): Promise<Holder> {
  return holder(process.execPath, [
    '-e',
    `
    const fs = require('node:fs');
    fs.mkdirSync(${JSON.stringify(lock)});
    process.stdout.write('held');
    process.stdin.once('data', () => { fs.rmdirSync(${JSON.stringify(lock)}); process.exit(0); });
  `,
  ]);
}

/** As Cline does: a folder with its owner in it, renamed into place. */
function otherCline(lock: string): Promise<Holder> {
  return holder(process.execPath, [
    '-e',
    `
    const fs = require('node:fs');
    const [lock, owner] = [${JSON.stringify(lock)}, 'owner.1.2.3'];
    fs.mkdirSync(lock + '.tmp.1.2.3');
    fs.writeFileSync(lock + '.tmp.1.2.3/' + owner, '1.2.3');
    fs.renameSync(lock + '.tmp.1.2.3', lock);
    process.stdout.write('held');
    process.stdin.once('data', () => { fs.unlinkSync(lock + '/' + owner); fs.rmdirSync(lock); process.exit(0); });
  `,
  ]);
}

/** As Copilot CLI and Crush do: flock(2) on a file that stays. */
async function otherFlock(lock: string): Promise<Holder> {
  await writeFile(lock, '');
  return holder('flock', ['--exclusive', lock, 'sh', '-c', 'printf held; read -r go']);
}

interface Holder {
  release(): Promise<void>;
}

async function holder(program: string, args: readonly string[]): Promise<Holder> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    release: async () => {
      child.stdin.write('go\n');
      await once(child, 'exit');
    },
  };
}

const hasFlock = process.platform === 'linux' && spawnSync('flock', ['--version']).status === 0;

describe.each<[string, Lock, (file: string) => Promise<Holder>, boolean]>([
  [
    'a folder (Claude Code, Roo)',
    { kind: 'lock-directory', staleMs: 10_000 },
    (file) => otherHolder(`${file}.lock`),
    true,
  ],
  [
    'a folder with its owner (Cline)',
    { kind: 'owner-directory', staleMs: 10_000 },
    (file) => otherCline(`${file}.lock`),
    true,
  ],
  ['flock beside the file (Crush)', { kind: 'flock', name: '*.lock' }, (file) => otherFlock(`${file}.lock`), hasFlock],
  [
    'flock in the folder (Copilot CLI)',
    { kind: 'flock', name: '.mcp-writer.lock' },
    (file) => otherFlock(join(dirname(file), '.mcp-writer.lock')),
    hasFlock,
  ],
])('a lock of another process: %s', (_what, lock, hold, possible) => {
  it.skipIf(!possible)('is waited for, held alone, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const file = { path: join(folder, 'config.json'), lock };
    const other = await hold(file.path);
    const before = await readdir(folder);
    const order: string[] = [];
    const ours = withHostLock(file, async () => order.push('ours'), 20_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    order.push('theirs');
    await other.release();
    await ours;
    expect(order).toEqual(['theirs', 'ours']);
    expect(await readdir(folder)).toEqual(lock.kind === 'flock' ? before : []);
  });

  it.skipIf(!possible)('stays where it is held too long, and nothing is done', async () => {
    const folder = await temporaryFolder();
    const file = { path: join(folder, 'config.json'), lock };
    const other = await hold(file.path);
    const before = await readdir(folder);
    let worked = false;
    const error = await failure(withHostLock(file, async () => (worked = true), 150));
    expect(error.code).toBe('file-locked');
    expect(error.message).toContain(file.path);
    expect(worked).toBe(false);
    expect(await readdir(folder)).toEqual(before);
    await other.release();
    expect(await withHostLock(file, async () => 'done')).toBe('done');
  });

  it.skipIf(!possible)('lets one of ours at a time work', async () => {
    const folder = await temporaryFolder();
    const file = { path: join(folder, 'config.json'), lock };
    await (await hold(file.path)).release();
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
});

describe("Cline's lock", () => {
  const lock = { kind: 'owner-directory', staleMs: 10_000 } as const;

  it('is taken over from a process that died with it', async () => {
    const file = { path: join(await temporaryFolder(), 'cline_mcp_settings.json'), lock };
    await mkdir(`${file.path}.lock`);
    await writeFile(`${file.path}.lock/owner.1.2.3`, '1.2.3');
    const longAgo = new Date(Date.now() - 11_000);
    await utimes(`${file.path}.lock`, longAgo, longAgo);
    expect(await withHostLock(file, async () => 'done', 2_000)).toBe('done');
    expect(await readdir(dirname(file.path))).toEqual([]);
  });

  it('stays with whoever took it over from us', async () => {
    const file = { path: join(await temporaryFolder(), 'cline_mcp_settings.json'), lock };
    await withHostLock(file, async () => {
      await rename(`${file.path}.lock`, `${file.path}.aside`);
      await mkdir(`${file.path}.lock`);
      await writeFile(`${file.path}.lock/owner.4.5.6`, '4.5.6');
    });
    expect(await readdir(`${file.path}.lock`)).toEqual(['owner.4.5.6']);
  });
});

describe('flock', () => {
  it('is no lock where its file is not there', async () => {
    const folder = await temporaryFolder();
    const file: Locked = { path: join(folder, 'crush.json'), lock: { kind: 'flock', name: '*.lock' } };
    expect(await withHostLock(file, () => readdir(folder))).toEqual([]);
  });

  it('is no lock on Windows, where the file\u2019s hash is all there is', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'l'), '');
    const release = await acquireFlock(join(folder, 'l'), 100, 'win32');
    await release();
  });
});

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
