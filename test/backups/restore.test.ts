import { execFile } from 'node:child_process';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackupView } from '../../main/backups/backup.schema.ts';
import { BackupStore } from '../../main/backups/backup-store.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { snapshotOf } from './snapshots.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let old: string;
let path: string;

beforeEach(async () => {
  service = await startBitscale();
  sandbox = await openSandbox();
  old = service.key;
  path = join(sandbox.home, '.cursor', 'mcp.json');
  await mkdir(join(sandbox.home, '.cursor'));
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

/** Cursor's file with a key in one server, and a word to know the version by. */
function config(key: string, word = 'one'): string {
  return `{\n  // ${word}\n  "mcpServers": { "acme": { "env": { "BITSCALE_API_KEY": "${key}" } } }\n}\n`;
}

async function write(text: string, to = path): Promise<void> {
  await writeFile(to, text);
}

function text(of = path): Promise<string> {
  return readFile(of, 'utf8');
}

async function versions(file?: string): Promise<BackupView[]> {
  return (await sandbox.call('listBackups', file === undefined ? {} : { file })).backups;
}

describe('a rotation', () => {
  it('keeps each file as it was before, sealed, and says which rotation it was', async () => {
    await write(config(old));
    const project = join(sandbox.home, 'proj', '.cursor', 'mcp.json');
    await sandbox.call('changeSettings', { projectFolders: [join(sandbox.home, 'proj')] });
    await mkdir(join(sandbox.home, 'proj', '.cursor'));
    await write(config(old, 'two'), project);
    const { id } = await sandbox.rotate('work');
    const reason = { kind: 'rotation', credential: 'work', rotationId: id };
    expect(await versions()).toMatchObject([
      { file: path, size: config(old).length, reason, problem: null },
      { file: project, size: config(old, 'two').length, reason, problem: null },
    ]);
    for (const { bytes } of await filesBelow(sandbox.rekey.dataFolder)) {
      expect(bytes.includes(old)).toBe(false);
      expect(bytes.includes(service.key)).toBe(false);
    }
  });

  it('keeps nothing of a file that it leaves alone', async () => {
    await write(config('sk-live-another'));
    await sandbox.rotate('work');
    expect(await versions()).toEqual([]);
  });

  it('puts the new key in place also when no version can be kept, and says so on its record', async () => {
    await write(config(old));
    await write('in the way', join(sandbox.rekey.dataFolder, 'backups'));
    const rotation = await sandbox.rotate('work');
    expect(rotation).toMatchObject({
      outcome: 'done',
      notKept: [{ file: path, problem: { code: 'backup-not-written', wayOut: expect.stringMatching(/\w/) } }],
    });
    expect(JSON.stringify(rotation.notKept)).not.toContain('Nothing was changed');
    expect(await text()).toBe(config(service.key));
    await sandbox.restart();
    expect(await sandbox.call('getRotation', { id: rotation.id })).toMatchObject({ notKept: rotation.notKept });
  });

  it('of before there were backups is still read', async () => {
    const { id } = await sandbox.rotate('work');
    const journal = join(sandbox.rekey.dataFolder, 'rotations', `${id}.json`);
    const { notKept, ...before } = JSON.parse(await text(journal));
    expect(notKept).toEqual([]);
    await write(JSON.stringify(before), journal);
    expect(await sandbox.call('getRotation', { id })).toMatchObject({ id, notKept: [] });
  });
});

describe('a restored version', () => {
  it('has the current key in the place of the old one, and everything else as it was', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write(config(service.key, 'edited'));
    const [version] = await versions(path);
    const restored = await sandbox.call('restoreBackup', { file: path });
    expect(await text()).toBe(config(service.key));
    expect(restored).toMatchObject({
      file: path,
      at: version?.at,
      changed: true,
      keys: 'current',
      putIn: [{ credential: 'work', places: 1 }],
      left: [],
    });
    expect(restored.replaced).not.toBeNull();
  });

  it('is exactly as it was when that is asked for', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    expect(await sandbox.call('restoreBackup', { file: path, asItWas: true })).toMatchObject({
      keys: 'as-it-was',
      putIn: [],
    });
    expect(await text()).toBe(config(old));
  });

  it('can be taken back, again and again', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write(config(service.key, 'edited'));
    for (const expected of ['one', 'edited', 'one', 'edited']) {
      await sandbox.call('restoreBackup', { file: path });
      expect(await text()).toBe(config(service.key, expected));
    }
  });

  it('has the current key also where a key of several rotations ago stood', async () => {
    const header = (key: string): string =>
      `{ "mcpServers": { "a": { "headers": { "Authorization": "Bearer ${key}" } }, "b": { "url": "http://127.0.0.1/?key=${key}" }, "c": { "env": { "X": "{\\"k\\":\\"${key}\\"}" } } } }`;
    await write(header(old));
    await sandbox.rotate('work');
    await sandbox.rotate('work');
    await sandbox.rotate('work');
    const oldest = (await versions(path)).at(-1);
    const restored = await sandbox.call('restoreBackup', { file: path, at: oldest?.at });
    expect(restored.putIn).toEqual([{ credential: 'work', places: 3 }]);
    expect(await text()).toBe(header(service.key));
  });

  it('tells where dead and unknown keys stay in it', async () => {
    const body = (key: string, more: string): string =>
      `{\n  // was ${key}\n  "note": "${key}",\n  "mcpServers": {\n    "a": { "env": { "BITSCALE_API_KEY": "${key}" } },\n    "b": { "env": { "BITSCALE_API_KEY": "${more}" } }\n  }\n}\n`;
    await write(body(old, 'sk-live-unknown'));
    await sandbox.rotate('work');
    await write('{}');
    const { putIn, left } = await sandbox.call('restoreBackup', { file: path });
    expect(putIn).toEqual([{ credential: 'work', places: 1 }]);
    expect(left).toEqual(
      expect.arrayContaining([
        { why: 'in-comment', credential: 'work', server: null, line: 2 },
        { why: 'outside-server-table', credential: 'work', server: null, line: 3 },
        { why: 'unknown-key', credential: null, server: 'b', line: 6 },
      ]),
    );
    expect(left).toHaveLength(3);
  });

  it('is as it was, and that is said, when it is no settings file any more', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write(`${config(service.key)} and a half`);
    const { replaced } = await sandbox.call('restoreBackup', { file: path });
    const restored = await sandbox.call('restoreBackup', { file: path, at: replaced ?? '' });
    expect(restored).toMatchObject({ keys: 'not-parsable', putIn: [], left: [] });
    expect(await text()).toBe(`${config(service.key)} and a half`);
  });

  it('takes the place of anything, also of what is no text', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    const garbage = Buffer.from([0xff, 0xfe, 0, 0x80, 0xc3]);
    await writeFile(path, garbage);
    const { replaced } = await sandbox.call('restoreBackup', { file: path });
    expect(await text()).toBe(config(service.key));
    await sandbox.call('restoreBackup', { file: path, at: replaced ?? '' });
    expect((await readFile(path)).equals(garbage)).toBe(true);
  });

  it('is not written when the file holds exactly that', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    const { mtimeMs, ino } = await stat(path);
    expect(await sandbox.call('restoreBackup', { file: path })).toMatchObject({ changed: false, replaced: null });
    expect(await stat(path)).toMatchObject({ mtimeMs, ino });
    expect(await versions(path)).toHaveLength(1);
  });

  it('comes back as it was, of a file that no host of the catalogue has any more', async () => {
    const project = join(sandbox.home, 'proj');
    const file = join(project, '.cursor', 'mcp.json');
    await mkdir(join(project, '.cursor'));
    await sandbox.call('changeSettings', { projectFolders: [project] });
    await write(config(old), file);
    await sandbox.rotate('work');
    await sandbox.call('changeSettings', { projectFolders: [] });
    expect(await sandbox.call('restoreBackup', { file })).toMatchObject({ keys: 'no-host', changed: true });
    expect(await text(file)).toBe(config(old));
  });

  it('stands in the activity, with who asked, which file and which version', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    const { at } = await sandbox.call('restoreBackup', { file: path, asItWas: true }, 'terminal');
    const [entry] = await sandbox.call('listActivity', {});
    expect(entry).toMatchObject({ kind: 'file-restored', who: 'terminal', detail: `${path}, ${at}` });
    expect(sandbox.events).toContainEqual({ name: 'changed', payload: { topic: 'hosts' } });
  });
});

describe('the file around it', () => {
  it('keeps the mode that it has now', async () => {
    await write(config(old));
    await chmod(path, 0o644);
    await sandbox.rotate('work');
    await chmod(path, 0o640);
    await sandbox.call('restoreBackup', { file: path, asItWas: true });
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('comes back with the mode of then when it is gone, and with it its folder', async () => {
    await write(config(old));
    await chmod(path, 0o640);
    await sandbox.rotate('work');
    await rm(join(sandbox.home, '.cursor'), { recursive: true });
    expect(await sandbox.call('restoreBackup', { file: path })).toMatchObject({ changed: true, replaced: null });
    expect(await text()).toBe(config(service.key));
    expect((await stat(path)).mode & 0o777).toBe(0o640);
    expect((await filesBelow(join(sandbox.home, '.cursor'))).map((file) => file.path)).toEqual([path]);
  });

  it.skipIf(process.getuid?.() !== 0)('comes back with the owner of then, which only root can give', async () => {
    await write(config(old));
    await chown(path, 65_534, 65_534);
    await sandbox.rotate('work');
    await rm(path);
    await sandbox.call('restoreBackup', { file: path });
    expect(await stat(path)).toMatchObject({ uid: 65_534, gid: 65_534 });
  });

  it('does not come back into a project that is gone: that is said, and nothing is made', async () => {
    const project = join(sandbox.home, 'proj');
    const file = join(project, '.cursor', 'mcp.json');
    await mkdir(join(project, '.cursor'));
    await sandbox.call('changeSettings', { projectFolders: [project] });
    await write(config(old), file);
    await sandbox.rotate('work');
    await rm(project, { recursive: true });
    await expect(sandbox.call('restoreBackup', { file })).rejects.toMatchObject({
      code: 'file-missing',
      message: expect.stringContaining(project),
    });
    await expect(lstat(project)).rejects.toThrow('ENOENT');
  });

  it('stays a link, also when what it leads to is gone', async () => {
    const real = join(sandbox.home, 'dotfiles', 'cursor.json');
    await mkdir(join(sandbox.home, 'dotfiles'));
    await write(config(old), real);
    await symlink('../dotfiles/cursor.json', path);
    await sandbox.rotate('work');
    await write('{}', real);
    await sandbox.call('restoreBackup', { file: path });
    expect(await text(real)).toBe(config(service.key));
    await rm(real);
    await sandbox.call('restoreBackup', { file: path, at: (await versions(path)).at(-1)?.at });
    expect(await text(real)).toBe(config(service.key));
    expect(await readlink(path)).toBe('../dotfiles/cursor.json');
  });

  it('is known by every path that leads to it', async () => {
    const real = join(sandbox.home, 'dotfiles', 'cursor.json');
    await mkdir(join(sandbox.home, 'dotfiles'));
    await write(config(old), real);
    await symlink(real, path);
    await sandbox.rotate('work');
    await write('{}', real);
    expect(await versions(real)).toMatchObject([{ file: path }]);
    expect(await sandbox.call('restoreBackup', { file: real })).toMatchObject({ file: path, changed: true });
    expect(await text(real)).toBe(config(service.key));
  });

  it('is left alone when the link leads back to itself', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await rm(path);
    await symlink('mcp.json', path);
    await expect(sandbox.call('restoreBackup', { file: path })).rejects.toMatchObject({ code: 'file-link-broken' });
    expect(await readlink(path)).toBe('mcp.json');
  });

  it('is left alone when it is marked as read-only, or a folder stands in its place', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write('{}');
    await chmod(path, 0o400);
    await expect(sandbox.call('restoreBackup', { file: path })).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(await text()).toBe('{}');
    expect(await versions(path)).toHaveLength(1);
    await rm(path);
    await mkdir(path);
    await expect(sandbox.call('restoreBackup', { file: path })).rejects.toMatchObject({ code: 'file-not-regular' });
  });

  it('is written under its host’s own lock, and not while another holds it', async () => {
    const claude = join(sandbox.home, '.claude.json');
    const body = (key: string): string =>
      `{"mcpServers":{"a":{"command":"x","env":{"BITSCALE_API_KEY":"${key}"}}},"projects":{}}`;
    await write(body(old), claude);
    await sandbox.rotate('work');
    await write('{}', claude);
    await mkdir(`${claude}.lock`);
    const restoring = sandbox.call('restoreBackup', { file: claude });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await text(claude)).toBe('{}');
    await rmdir(`${claude}.lock`);
    expect(await restoring).toMatchObject({ changed: true, keys: 'current' });
    expect(await text(claude)).toBe(body(service.key));
  });
});

describe('a version is chosen', () => {
  /** Three versions, on three days. */
  async function threeDays(): Promise<void> {
    for (const word of ['one', 'two', 'three']) {
      await write(config(service.key, word));
      await sandbox.rotate('work');
    }
    await write('{}');
  }

  it('by its exact time, in whatever zone', async () => {
    await threeDays();
    const [three, two, one] = await versions(path);
    const word = async (at: string | undefined): Promise<string | undefined> => {
      await sandbox.call('restoreBackup', { file: path, at });
      return /one|two|three/.exec(await text())?.[0];
    };
    expect(await word(one?.at)).toBe('one');
    expect(await word(two?.at.replace('Z', '+00:00'))).toBe('two');
    expect(await word(three?.at)).toBe('three');
  });

  it('never in silence: a time before all of them names those that there are', async () => {
    await threeDays();
    const times = (await versions(path)).map(({ at }) => at);
    await expect(sandbox.call('restoreBackup', { file: path, at: '2020' })).rejects.toMatchObject({
      code: 'backup-none-at',
      wayOut: expect.stringContaining(times.join(', ')),
    });
    await expect(sandbox.call('restoreBackup', { file: path, at: 'yesterday' })).rejects.toMatchObject({
      code: 'backup-time-unclear',
    });
    await expect(sandbox.call('restoreBackup', { file: `${path}.none` })).rejects.toMatchObject({
      code: 'backup-none',
    });
    expect(await text()).toBe('{}');
  });
});

describe('what keeps a restore from being done', () => {
  it('is a version that is damaged, and the others can still be restored', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write(config(service.key, 'two'));
    await sandbox.rotate('work');
    const [newest, oldest] = await versions(path);
    const file = (await filesBelow(join(sandbox.rekey.dataFolder, 'backups'))).find((one) =>
      one.path.includes(newest?.at.replaceAll(/[:.]/g, '-') ?? ''),
    );
    await writeFile(file?.path ?? '', file?.bytes.subarray(0, -1) ?? '');
    await expect(sandbox.call('restoreBackup', { file: path })).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(await text()).toBe(config(service.key, 'two'));
    expect(await sandbox.call('restoreBackup', { file: path, at: oldest?.at })).toMatchObject({ changed: true });
    expect(await text()).toBe(config(service.key, 'one'));
  });

  it('is a present version that can’t be kept, unlike with a rotation', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    await write('{}');
    const shelf = (await filesBelow(join(sandbox.rekey.dataFolder, 'backups')))[0]?.path ?? '';
    // The lock of the shelf can't be made where a file has its name.
    await write('in the way', `${join(shelf, '..')}.lock`);
    await expect(sandbox.call('restoreBackup', { file: path })).rejects.toMatchObject({
      code: 'backup-not-written',
      message: expect.stringContaining('Nothing was changed.'),
    });
    expect(await text()).toBe('{}');
  }, 60_000);

  it('is an agent, who may not even see the list; nor may the confirmation window', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    const before = await text();
    for (const carrier of ['agent', 'confirmation-window'] as const) {
      const calls = [
        sandbox.call('listBackups', {}, carrier),
        sandbox.call('restoreBackup', { file: path, asItWas: true }, carrier),
      ];
      for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'call-not-allowed' });
    }
    expect(await text()).toBe(before);
  });

  it.each(['window', 'page', 'terminal', 'script'] as const)('is not a person with the carrier %s', async (carrier) => {
    await write(config(old));
    await sandbox.rotate('work');
    expect((await sandbox.call('listBackups', {}, carrier)).backups).toHaveLength(1);
    await sandbox.call('restoreBackup', { file: path, asItWas: true }, carrier);
    expect(await text()).toBe(config(old));
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'is a full disk: the file stays whole, and no half version is kept',
    async ({ skip }) => {
      const mount = join(sandbox.home, 'small');
      await mkdir(mount);
      const mounted = await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', mount]).then(
        () => true,
        () => false,
      );
      skip(!mounted, 'no file system may be mounted here');
      try {
        const file = join(mount, '.cursor', 'mcp.json');
        await mkdir(join(mount, '.cursor'));
        await sandbox.call('changeSettings', { projectFolders: [mount] });
        await write(config(old), file);
        await sandbox.rotate('work');
        await write('{}', file);
        await writeFile(join(mount, 'rest'), Buffer.alloc(2_000_000)).catch(() => {});
        await expect(sandbox.call('restoreBackup', { file })).rejects.toMatchObject({
          code: 'file-write-failed',
          message: expect.stringContaining('the disk is full'),
        });
        expect(await text(file)).toBe('{}');
        expect(await versions(file)).toHaveLength(1);
      } finally {
        await promisify(execFile)('umount', [mount]);
      }
    },
  );

  it('is not its age alone: the app’s start removes what is older than 30 days, and only that', async () => {
    const folder = join(sandbox.rekey.dataFolder, 'backups');
    const { keychain } = sandbox;
    for (const days of [31, 29]) {
      const now = (): Date => new Date(Date.now() - days * 24 * 60 * 60_000);
      await new BackupStore({ folder, keychain, now }).keep(snapshotOf(path, `${days} days`), { kind: 'restore' });
    }
    expect(await versions()).toHaveLength(2);
    await sandbox.restart();
    await expect.poll(async () => (await versions()).map(({ size }) => size)).toEqual(['29 days'.length]);
    expect(await sandbox.call('restoreBackup', { file: path })).toMatchObject({ changed: true });
    expect(await text()).toBe('29 days');
  });

  it('is nothing in the app’s start: broken backups stop it as little as none', async () => {
    await write(config(old));
    await sandbox.rotate('work');
    const folder = join(sandbox.rekey.dataFolder, 'backups');
    for (const { path: one } of await filesBelow(folder)) await write('garbage', one);
    await sandbox.restart();
    expect(await sandbox.call('listBackups', {})).toMatchObject({ backups: [], damaged: [{ code: 'backup-damaged' }] });
    expect(await sandbox.rotate('work')).toMatchObject({ outcome: 'done', notKept: [] });
    await rename(folder, `${folder}-gone`);
    await sandbox.restart();
    expect(await versions()).toEqual([]);
  });
});
