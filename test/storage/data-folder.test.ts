import { chmod, chown, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataFolder, makeDataFolder } from '../../main/storage/data-folder.ts';

describe('the data folder', () => {
  it.each([
    ['darwin', '/Users/sam', {}, '/Users/sam/Library/Application Support/Rekey'],
    ['linux', '/home/sam', {}, '/home/sam/.local/share/rekey'],
    ['linux', '/home/sam', { XDG_DATA_HOME: '/data' }, '/data/rekey'],
    ['linux', '/home/sam', { XDG_DATA_HOME: 'data' }, '/home/sam/.local/share/rekey'],
    ['linux', '/home/sam', { XDG_DATA_HOME: '' }, '/home/sam/.local/share/rekey'],
    ['darwin', '/Users/sam', { XDG_DATA_HOME: '/data' }, '/Users/sam/Library/Application Support/Rekey'],
    ['win32', 'C:\\Users\\Sam', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Rekey'],
    ['win32', 'C:\\Users\\Sam', {}, 'C:\\Users\\Sam\\AppData\\Roaming\\Rekey'],
    ['linux', '/home/sam', { REKEY_HOME: '/elsewhere', XDG_DATA_HOME: '/data' }, '/elsewhere'],
    ['darwin', '/Users/sam', { REKEY_HOME: 'elsewhere' }, join(process.cwd(), 'elsewhere')],
  ] as const)('is on %s with home %s and %o: %s', (platform, home, env, expected) => {
    expect(dataFolder({ platform, home, env })).toBe(expected);
  });
});

describe('making the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

  it('makes it for its owner alone, with the folders above it', async () => {
    const path = join(folder, 'share', 'rekey');
    await makeDataFolder(path);
    expect(await modeOf(path)).toBe(0o700);
    await makeDataFolder(path);
    expect(await modeOf(path)).toBe(0o700);
  });

  it('takes others’ rights away from one that is there', async () => {
    const path = join(folder, 'rekey');
    await mkdir(path);
    await chmod(path, 0o755);
    await makeDataFolder(path);
    expect(await modeOf(path)).toBe(0o700);
  });

  it('takes them away from one that holds files of Rekey', async () => {
    await writeFile(join(folder, 'settings.json'), '{}');
    await writeFile(join(folder, 'notes.txt'), '');
    await chmod(folder, 0o755);
    await makeDataFolder(folder);
    expect(await modeOf(folder)).toBe(0o700);
  });

  it('refuses one that others use too for other things, and leaves their rights alone', async () => {
    await writeFile(join(folder, 'notes.txt'), '');
    await chmod(folder, 0o1777);
    await expect(makeDataFolder(folder)).rejects.toMatchObject({ code: 'storage-unsafe' });
    expect(await modeOf(folder)).toBe(0o777);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'refuses one that belongs to somebody else (needs root to make one)',
    async () => {
      const path = join(folder, 'rekey');
      await mkdir(path, { mode: 0o755 });
      await chown(path, 65534, 65534);
      await expect(makeDataFolder(path)).rejects.toMatchObject({ code: 'storage-unsafe' });
      expect(await modeOf(path)).toBe(0o755);
    },
  );

  it('says so when there is a file in its place', async () => {
    const path = join(folder, 'rekey');
    await writeFile(path, '');
    await expect(makeDataFolder(path)).rejects.toMatchObject({ code: 'storage-unwritable' });
  });
});
