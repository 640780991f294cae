import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { autostartEntry, isSwitchedOn } from '../../main/shells/electron/login-item/autostart-entry.ts';
import { AutostartFile } from '../../main/shells/electron/login-item/autostart-file.ts';
import { boot, prepare } from './boot.ts';
import { ElectronDouble } from './electron-double.ts';

/** The command of an entry, read by the rules of the specification: a string value first, then its quotes. */
function commandOf(entry: string): string[] {
  const [, value = ''] = /^Exec=(.*)$/m.exec(entry) ?? [];
  const unescaped = value.replaceAll(
    /\\(.)/g,
    (_all, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter,
  );
  return [...unescaped.matchAll(/"((?:[^"\\`$]|\\["\\`$])*)"(?: |$)/gs)].map(([, quoted = '']) =>
    quoted.replaceAll(/\\(.)/gs, '$1').replaceAll('%%', '%'),
  );
}

describe('the autostart entry', () => {
  it.each([
    [['/opt/Rekey/rekey', '--at-login']],
    [['/home/sam/My Apps/Rekey 0.1.0.AppImage', '--at-login']],
    [['/home/sam/a"b`c$d\\e%f/rekey', '--at-login']],
    [["/home/sam/it's & (more); <x>|*?#~/rekey"]],
    [['/home/sam/两 字/rekey']],
  ])('holds the command %j as it is', (command) => {
    const entry = autostartEntry(command);
    expect(commandOf(entry)).toEqual(command);
    expect(entry.split('\n').filter((line) => line.startsWith('Exec='))).toHaveLength(1);
  });

  it('can’t be given a second line by a path', () => {
    const entry = autostartEntry(['/home/sam/a\nHidden=true/rekey']);
    expect(isSwitchedOn(entry)).toBe(true);
    expect(commandOf(entry)).toEqual(['/home/sam/a\nHidden=true/rekey']);
  });

  it.skipIf(!hasValidator())('is valid to the desktop’s own checker', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    const file = join(folder, 'rekey.desktop');
    await writeFile(file, autostartEntry(['/home/sam/My Apps/a$b"c/rekey', '--at-login']));
    expect(execFileSync('desktop-file-validate', [file], { encoding: 'utf8' })).toBe('');
    await rm(folder, { recursive: true });
  });

  it.each([
    ['Hidden=true', false],
    ['Hidden = true', false],
    ['X-GNOME-Autostart-enabled=false', false],
    ['Hidden=false', true],
    ['Comment=Hidden=true', true],
  ])('with %s: started is %s', (line, on) => {
    expect(isSwitchedOn(`[Desktop Entry]\n${line}\n`)).toBe(on);
  });
});

function hasValidator(): boolean {
  try {
    execFileSync('desktop-file-validate', ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('the autostart file', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));
  const COMMAND = ['/opt/Rekey/rekey', '--at-login'];

  it('comes and goes, in a folder that need not be there', async () => {
    const item = new AutostartFile({ home, env: {} }, COMMAND);
    expect(await item.isOn()).toBe(false);
    await item.turn(true);
    const folder = join(home, '.config', 'autostart');
    expect(await readFile(join(folder, 'rekey.desktop'), 'utf8')).toBe(autostartEntry(COMMAND));
    expect((await stat(join(folder, 'rekey.desktop'))).mode & 0o077).toBe(0);
    expect(await item.isOn()).toBe(true);
    await item.turn(false);
    expect(await readdir(folder)).toEqual([]);
    await item.turn(false);
    expect(await item.isOn()).toBe(false);
  });

  it('stands where XDG_CONFIG_HOME says, if that is a path from the root', async () => {
    await new AutostartFile({ home, env: { XDG_CONFIG_HOME: join(home, 'config') } }, COMMAND).turn(true);
    expect(await readdir(join(home, 'config', 'autostart'))).toEqual(['rekey.desktop']);
    await new AutostartFile({ home, env: { XDG_CONFIG_HOME: 'config' } }, COMMAND).turn(true);
    expect(await readdir(join(home, '.config', 'autostart'))).toEqual(['rekey.desktop']);
  });

  it('follows the program when it has moved, and leaves one alone that the desktop has switched off', async () => {
    const old = new AutostartFile({ home, env: {} }, ['/old/rekey']);
    const now = new AutostartFile({ home, env: {} }, COMMAND);
    const file = join(home, '.config', 'autostart', 'rekey.desktop');
    await now.refresh();
    expect(await now.isOn()).toBe(false);
    await old.turn(true);
    await now.refresh();
    expect(await readFile(file, 'utf8')).toBe(autostartEntry(COMMAND));
    const off = `${autostartEntry(['/old/rekey'])}Hidden=true\n`;
    await writeFile(file, off);
    await now.refresh();
    expect(await readFile(file, 'utf8')).toBe(off);
    expect(await now.isOn()).toBe(false);
  });

  it('that can’t be written is told with its path', async () => {
    await writeFile(join(home, '.config'), 'a file in the place of the folder');
    const failure = new AutostartFile({ home, env: {} }, COMMAND).turn(true);
    await expect(failure).rejects.toMatchObject({ code: 'login-item-failed' });
    await expect(failure).rejects.toThrow(/rekey\.desktop can’t be written \(E[A-Z]+\)\. Nothing was changed/);
  });
});

describe('the login item', () => {
  it('is offered by none but a packaged app', async () => {
    expect((await boot()).options[0]?.desktopParts?.loginItem).toBeNull();
  });

  it('of Linux is the autostart file, which names the AppImage', async () => {
    const electron = new ElectronDouble();
    electron.app.isPackaged = true;
    const { home } = await prepare({ electron });
    const { loginItemFor } = await import('../../main/shells/electron/login-item/login-item.ts');
    const item = loginItemFor({ platform: 'linux', home, env: { APPIMAGE: '/home/sam/Rekey.AppImage' } });
    await item?.turn(true);
    const entry = await readFile(join(home, '.config', 'autostart', 'rekey.desktop'), 'utf8');
    expect(commandOf(entry)).toEqual(['/home/sam/Rekey.AppImage', '--at-login']);
    await loginItemFor({ platform: 'linux', home, env: {} })?.turn(true);
    expect(commandOf(await readFile(join(home, '.config', 'autostart', 'rekey.desktop'), 'utf8'))).toEqual([
      process.execPath,
      '--at-login',
    ]);
  });

  it.each(['darwin', 'win32'] as const)('of %s is the system’s own', async (platform) => {
    const electron = new ElectronDouble();
    electron.app.isPackaged = true;
    const { home } = await prepare({ electron });
    const { loginItemFor } = await import('../../main/shells/electron/login-item/login-item.ts');
    const item = loginItemFor({ platform, home, env: {} });
    expect(await item?.isOn()).toBe(false);
    await item?.turn(true);
    expect(electron.app.loginItem).toEqual({ openAtLogin: true, args: ['--at-login'] });
    expect(await item?.isOn()).toBe(true);
    electron.app.switchedOffInTaskManager = true;
    expect(await item?.isOn()).toBe(false);
    electron.app.switchedOffInTaskManager = false;
    electron.app.keepsLoginItem = true;
    await expect(item?.turn(false)).rejects.toMatchObject({ code: 'login-item-failed' });
    electron.app.keepsLoginItem = false;
    await item?.turn(false);
    expect(await item?.isOn()).toBe(false);
  });

  it('starts Rekey without a window', async () => {
    const given = vi.spyOn(process, 'argv', 'get').mockReturnValue(['/opt/Rekey/rekey', '--at-login']);
    const { electron } = await boot();
    given.mockRestore();
    expect(electron.windows).toEqual([]);
  });

  it('of macOS tells by itself that it was what started Rekey', async () => {
    const { electron } = await prepare();
    const { startedAtLogin } = await import('../../main/shells/electron/login-item/login-item.ts');
    expect(startedAtLogin('darwin', [])).toBe(false);
    electron.app.wasOpenedAtLogin = true;
    expect(startedAtLogin('darwin', [])).toBe(true);
    expect(startedAtLogin('win32', ['Rekey.exe', '--at-login'])).toBe(true);
    expect(startedAtLogin('win32', ['Rekey.exe'])).toBe(false);
  });
});
