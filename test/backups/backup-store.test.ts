import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupReason } from '../../main/backups/backup.schema.ts';
import { BackupStore } from '../../main/backups/backup-store.ts';
import { shelfOf } from '../../main/backups/version-files.ts';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import { newSealKey } from '../../main/credentials/sealed.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { LockableKeychain } from '../sandbox/lockable-keychain.ts';
import { filesBelow } from '../sandbox/sandbox.ts';
import { snapshotOf } from './snapshots.ts';

/** A locked keychain whose owner types the password when it asks for it, which it does when something is written. */
class UnlockedByWriting extends LockableKeychain {
  override locked = true;
  readonly #inner: LockableKeychain;

  constructor(inner: LockableKeychain) {
    super();
    this.#inner = inner;
  }

  override async get(account: string): Promise<Secret | null> {
    return this.locked ? null : this.#inner.get(account);
  }

  override async set(account: string, value: Secret): Promise<void> {
    this.locked = false;
    await this.#inner.set(account, value);
  }

  override async probe(): Promise<void> {
    this.locked = false;
  }
}

const KEY = 'sk-live-the-key-in-the-file';
const FILE = '/home/me/.cursor/mcp.json';
const BY_ROTATION: BackupReason = { kind: 'rotation', credential: 'work', rotationId: 'r' };
const DAY_MS = 24 * 60 * 60_000;

let folder: string;
let keychain: LockableKeychain;
let now: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  keychain = new LockableKeychain();
  now = Date.parse('2026-11-20T10:00:00.000Z');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function open(): BackupStore {
  return new BackupStore({ folder, keychain, now: () => new Date(now) });
}

/** Keeps and prunes, as every change of a file does; a minute goes by. */
async function keep(content: string | Buffer, path = FILE): Promise<string> {
  now += 60_000;
  const { at } = await open().keep(snapshotOf(path, content), BY_ROTATION);
  await open().prune(path);
  return at;
}

async function contents(path = FILE): Promise<string[]> {
  const { backups } = await open().list(path);
  return Promise.all(backups.map(async ({ at }) => (await open().open(path, at)).bytes.toString()));
}

/** Where the one version lies. */
async function onlyFile(): Promise<string> {
  const [file, ...more] = (await filesBelow(folder)).map(({ path }) => path);
  if (file === undefined || more.length > 0) throw new Error('there is not exactly one version');
  return file;
}

describe('a kept version', () => {
  it('gives back every byte, with mode and owner, and tells what replaced it', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0, 13, 10, 0xff, ...Buffer.from(KEY)]);
    const at = await keep(bytes);
    const { header, bytes: opened } = await open().open(FILE, at);
    expect(opened.equals(bytes)).toBe(true);
    expect(header).toMatchObject({ path: FILE, at, size: bytes.length, mode: 0o600, uid: 0, gid: 0 });
    expect((await open().list(null)).backups).toEqual([
      { file: FILE, at, size: bytes.length, reason: BY_ROTATION, problem: null },
    ]);
  });

  it('holds no key in any byte on the disk, not even compressed, and is its owner’s alone', async () => {
    await keep(`{"mcpServers":{"one":{"env":{"K":"${KEY}"}}}}`);
    const files = await filesBelow(folder);
    expect(files).toHaveLength(1);
    for (const { path, bytes } of files) {
      expect(bytes.includes(KEY)).toBe(false);
      // What zstd makes of anything begins so.
      expect(bytes.includes(zstdCompressSync('').subarray(0, 4))).toBe(false);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    }
  });

  it('of 50 MB takes a fraction of it', async () => {
    const at = await keep(`{"history":"${'the same words again and again '.repeat(1_700_000)}"}`);
    const [file] = await filesBelow(folder);
    expect(file?.bytes.length).toBeLessThan(1_000_000);
    expect((await open().open(FILE, at)).bytes.length).toBeGreaterThan(50_000_000);
  });

  it.each([
    ['the same name in another folder', '/home/me/mcp.json'],
    ['a name that differs in a capital', '/home/me/.cursor/MCP.json'],
    ['a path with dots', '/home/me/.cursor/../mcp.json'],
    ['odd characters', '/home/me/a:b*?"<>|\n\u0000\u202e💥/mcp.json'],
    ['a very long path', `/${'long/'.repeat(800)}mcp.json`],
    ['the name of a folder of ours', '../../backups'],
  ])('lies apart from that of a file with %s', async (_, other) => {
    await keep('mine');
    await keep('other', other);
    expect([await contents(), await contents(other)]).toEqual([['mine'], ['other']]);
    expect((await readdir(folder)).sort()).toEqual([shelfOf(FILE), shelfOf(other)].sort());
  });

  it('is not stored twice in a row, and is again after another one', async () => {
    expect(await keep('one')).toBe(await keep('one'));
    await keep('two');
    await keep('one');
    expect(await contents()).toEqual(['one', 'two', 'one']);
  });

  it('has a time of its own, later than the one before, also when the clock stands still or goes back', async () => {
    const times = [await keep('one')];
    for (const back of [60_000, DAY_MS]) {
      now -= back;
      times.push(await keep(`after ${back}`));
    }
    expect(times.toSorted()).toEqual(times);
    expect(new Set(times).size).toBe(3);
    expect(await contents()).toEqual([`after ${DAY_MS}`, 'after 60000', 'one']);
  });

  it('can be taken back when nothing came of the change, but not one that was there before', async () => {
    await keep('one');
    const again = await open().keep(snapshotOf(FILE, 'one'), BY_ROTATION);
    const fresh = await open().keep(snapshotOf(FILE, 'two'), BY_ROTATION);
    expect(await contents()).toEqual(['two', 'one']);
    await open().discard(FILE, fresh);
    await open().discard(FILE, again);
    expect(await contents()).toEqual(['one']);
  });
});

describe('several files that are kept together', () => {
  class CountingKeychain extends LockableKeychain {
    reads = 0;

    override get(account: string): Promise<Secret | null> {
      this.reads += 1;
      return super.get(account);
    }
  }

  it('are kept as each alone would be, and the keychain is asked once for all of them', async () => {
    const counting = new CountingKeychain();
    keychain = counting;
    await keep('the first, which makes the key', '/first');
    counting.reads = 0;
    const keepOne = open().keeper();
    await Promise.all(['/a', '/b', '/c'].map((path) => keepOne(snapshotOf(path, `in ${path}`), BY_ROTATION)));
    expect(counting.reads).toBe(1);
    for (const path of ['/a', '/b', '/c']) expect(await contents(path)).toEqual([`in ${path}`]);
  });

  it('are kept when the keychain is open again, after it was locked for the first of them', async () => {
    keychain.locked = true;
    const keepOne = open().keeper();
    await expect(keepOne(snapshotOf('/a', 'one'), BY_ROTATION)).rejects.toMatchObject({ code: 'backup-not-written' });
    keychain.locked = false;
    await keepOne(snapshotOf('/a', 'one'), BY_ROTATION);
    expect(await contents('/a')).toEqual(['one']);
  });
});

describe('versions that are too many or too old', () => {
  it('go: the last five of each file stay', async () => {
    for (const turn of [1, 2, 3, 4, 5, 6, 7]) await keep(`${turn}`);
    await keep('another', '/another');
    expect(await contents()).toEqual(['7', '6', '5', '4', '3']);
    expect(await contents('/another')).toEqual(['another']);
  });

  it('go after 30 days, not before, and nothing of them is left, whatever file it is of', async () => {
    await keep('old');
    await keep('other', '/other');
    now += 30 * DAY_MS - 60_000;
    await open().pruneAll();
    expect([await contents(), await contents('/other')]).toEqual([['old'], ['other']]);
    now += 1;
    await open().pruneAll();
    expect([await contents(), await contents('/other')]).toEqual([[], ['other']]);
    now += 60_000;
    await open().pruneAll();
    expect(await readdir(folder)).toEqual([]);
  });

  it('take with them what a process left behind that died while it wrote', async () => {
    await keep('one');
    const left = join(folder, shelfOf(FILE), '2026-11-20T10-00-00-000Z.sealed.1234567890ab.tmp');
    await writeFile(left, 'half');
    await open().pruneAll();
    expect(await filesBelow(folder)).toHaveLength(1);
    expect(await contents()).toEqual(['one']);
  });

  it('leave alone what is not theirs', async () => {
    await writeFile(join(folder, 'note.txt'), 'a person’s');
    await mkdir(join(folder, 'folder'));
    await open().pruneAll();
    expect((await readdir(folder)).sort()).toEqual(['folder', 'note.txt']);
  });
});

describe('a version that can’t be used', () => {
  const DAMAGES: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['lost its end', async (path) => truncate(path, (await stat(path)).size - 1)],
    ['has another bit in its content', (path) => flip(path, -1)],
    ['has another bit in its seal', (path) => flip(path, -40)],
    ['has another size in its header', (path) => replaceIn(path, '"size":3', '"size":4')],
    ['has another mode in its header', (path) => replaceIn(path, '"mode":384', '"mode":511')],
    ['has another reason in its header', (path) => replaceIn(path, '"work"', '"home"')],
  ];
  it.each(DAMAGES)('is told as damaged when it %s, and the others are as good as before', async (_, damage) => {
    const at = await keep('one');
    await damage(await onlyFile());
    await keep('two');
    const { backups, damaged } = await open().list(null);
    expect(damaged).toEqual([]);
    expect(backups.map(({ problem }) => problem?.code)).toEqual([undefined, 'backup-damaged']);
    await expect(open().open(FILE, at)).rejects.toMatchObject({ code: 'backup-damaged' });
    expect((await open().open(FILE, backups[0]?.at ?? '')).bytes.toString()).toBe('two');
  });

  const UNREADABLE: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['is empty', (path) => truncate(path, 0)],
    ['holds something else', (path) => writeFile(path, 'no backup at all')],
    ['has no header any more', (path) => replaceIn(path, '"path"', '"htap"')],
    ['claims a header of 4 GB', (path) => flip(path, 8)],
    ['names another file', (path) => replaceIn(path, '.cursor', '.cUrsor')],
    ['names another time', (path) => replaceIn(path, '2026-11-20T10:01', '2026-11-20T10:02')],
  ];
  it.each(UNREADABLE)('that %s is told with its own place, and can’t be opened', async (_, damage) => {
    const at = await keep('one');
    const path = await onlyFile();
    await damage(path);
    const { backups, damaged } = await open().list(FILE);
    expect(backups).toEqual([]);
    expect(damaged).toMatchObject([{ code: 'backup-damaged', message: expect.stringContaining(path) }]);
    await expect(open().open(FILE, at)).rejects.toMatchObject({ code: 'backup-damaged' });
  });

  it('is not taken for one of another file or time when it was moved', async () => {
    const at = await keep('one');
    await mkdir(join(folder, shelfOf('/other')));
    await rename(await onlyFile(), join(folder, shelfOf('/other'), `${at.replaceAll(/[:.]/g, '-')}.sealed`));
    await expect(open().open('/other', at)).rejects.toMatchObject({ code: 'backup-damaged' });
  });

  it('doesn’t stand for the same content: it is stored again', async () => {
    await keep('one');
    await flip(await onlyFile(), -1);
    const at = await keep('one');
    expect((await open().open(FILE, at)).bytes.toString()).toBe('one');
  });

  it('is told apart when its key is gone, and what is kept from then on has a key of its own', async () => {
    const before = await keep('one');
    await keychain.set('backups:seal', newSealKey());
    await expect(open().open(FILE, before)).rejects.toMatchObject({ code: 'backup-key-gone' });
    await keychain.delete('backups:seal');
    await expect(open().open(FILE, before)).rejects.toMatchObject({ code: 'backup-key-gone' });
    const after = await keep('one');
    expect((await open().list(FILE)).backups.map(({ at, problem }) => [at, problem?.code])).toEqual([
      [after, undefined],
      [before, 'backup-key-gone'],
    ]);
    expect((await open().open(FILE, after)).bytes.toString()).toBe('one');
  });

  it('says in each error what was changed, and nothing of the content', async () => {
    const at = await keep(KEY);
    await flip(await onlyFile(), -1);
    const error: unknown = await open()
      .open(FILE, at)
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/Nothing was changed/);
    expect(JSON.stringify(error) + String(error)).not.toContain(KEY);
  });
});

describe('a locked keychain', () => {
  it('keeps nothing, and makes no second key in the place of the one that it does not give', async () => {
    const at = await keep('one');
    keychain.locked = true;
    await expect(keep('two')).rejects.toMatchObject({
      code: 'backup-not-written',
      message: expect.stringContaining('keychain'),
    });
    keychain.locked = false;
    expect((await open().open(FILE, at)).bytes.toString()).toBe('one');
    expect(await contents()).toEqual(['one']);
  });

  it('that is unlocked by the very write still keeps its key: what was kept before stays readable', async () => {
    const at = await keep('one');
    const asking = new UnlockedByWriting(keychain);
    const backups = new BackupStore({ folder, keychain: asking, now: () => new Date(now) });
    await backups.keep(snapshotOf(FILE, 'two'), BY_ROTATION);
    expect((await open().open(FILE, at)).bytes.toString()).toBe('one');
    expect(await contents()).toEqual(['two', 'one']);
  });

  it('still lets the list be seen', async () => {
    const at = await keep('one');
    keychain.locked = true;
    expect((await open().list(null)).backups).toMatchObject([{ file: FILE, at, problem: null }]);
  });
});

describe('a version that can’t be written', () => {
  it.skipIf(process.platform === 'win32')('leaves nothing behind when the disk takes only a part of it', async () => {
    const program = join(import.meta.dirname, '..', 'storage', 'short-of-space.ts');
    const line = `ulimit -f 8; exec "$@"`;
    const args = ['-c', line, 'sh', process.execPath, '--no-warnings', program, 'backup', folder];
    expect((await promisify(execFile)('sh', args)).stdout.trim()).toBe('backup-not-written');
    expect(await filesBelow(folder)).toEqual([]);
  });

  it('is told with its reason when a file is in the place of the folder', async () => {
    await writeFile(join(folder, shelfOf(FILE)), '');
    const error: unknown = await keep('one').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'backup-not-written', message: expect.stringContaining('(E') });
    await rm(join(folder, shelfOf(FILE)));
  });
});

describe('two processes that keep versions of one file at once', () => {
  it('lose none, share one key, and have no time twice', async () => {
    const keychainPath = join(folder, 'keychain.json');
    const shared = new FileKeychain(keychainPath);
    await shared.create(new Secret('correct horse'));
    const backupFolder = join(folder, 'backups');
    await mkdir(backupFolder);
    const program = join(import.meta.dirname, 'keep-process.ts');
    const runs = ['a', 'b'].map((name) =>
      promisify(execFile)(process.execPath, [
        '--no-warnings',
        ...[program, backupFolder, keychainPath, FILE, name, '10'],
      ]),
    );
    const printed = (await Promise.all(runs)).flatMap(({ stdout }) => stdout.trim().split('\n'));
    expect(new Set(printed).size).toBe(20);
    const opened = new FileKeychain(keychainPath);
    await opened.unlock(new Secret('correct horse'));
    const backups = new BackupStore({ folder: backupFolder, keychain: opened, now: () => new Date() });
    const listed = (await backups.list(FILE)).backups;
    expect(listed.map(({ problem }) => problem)).toEqual(Array(20).fill(null));
    const kept = await Promise.all(listed.map(async ({ at }) => (await backups.open(FILE, at)).bytes.toString()));
    expect(kept.toSorted()).toEqual(
      ['a', 'b'].flatMap((name) => [...Array(10).keys()].map((n) => `${name} ${n}`)).sort(),
    );
    expect(await readdir(backupFolder)).toEqual([shelfOf(FILE)]);
  });
});

/** Changes one bit; from the end when `at` is negative. */
async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  const index = at < 0 ? bytes.length + at : at;
  bytes.writeUInt8(bytes.readUInt8(index) ^ 0x80, index);
  await writeFile(path, bytes);
}

/** Puts a text of the same length in the place of another. */
async function replaceIn(path: string, was: string, is: string): Promise<void> {
  const bytes = await readFile(path);
  const at = bytes.indexOf(was);
  if (at < 0) throw new Error(`${was} does not stand there`);
  bytes.write(is, at);
  await writeFile(path, bytes);
}
