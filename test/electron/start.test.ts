import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { RekeyError } from '../../main/errors.ts';
import { boot, prepare } from './boot.ts';
import { ElectronDouble } from './electron-double.ts';

it('takes the lock, the sandbox and its scheme before the app is ready', async () => {
  const { electron, home, options } = await boot();
  const early = electron.app.steps.slice(0, electron.app.steps.indexOf('ready'));
  expect(early).toEqual(['lock', 'sandbox', 'scheme', 'hide from the Dock']);
  expect(electron.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  expect(electron.app.name).toBe('Rekey');
  expect(options).toMatchObject([
    { shell: 'electron', desktop: true, machine: { env: { REKEY_HOME: join(home, 'rekey') } } },
  ]);
});

it('keeps Chromium’s files, and so the lock, in a folder of its own below the data folder', async () => {
  const { electron, home } = await boot();
  const folder = join(home, 'rekey', 'electron');
  expect(electron.app.paths.get('userData')).toBe(folder);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

it('ends at once with 0 when it is the second instance, and starts nothing', async () => {
  const electron = new ElectronDouble();
  electron.app.holdsLock = false;
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const { options } = await prepare({ electron });
  await import('../../main/index.ts');
  expect(exit).toHaveBeenCalledExactlyOnceWith(0);
  expect(options).toEqual([]);
  expect(electron.windows).toEqual([]);
  exit.mockRestore();
});

it('opens its main window when a person starts it, and none when a host’s bridge does', async () => {
  expect((await boot()).electron.windows).toHaveLength(1);
  expect((await boot({ byBridge: true })).electron.windows).toHaveLength(0);
});

it('shows its main window when a person starts it once more', async () => {
  const { electron } = await boot({ byBridge: true });
  electron.app.emit('second-instance', {}, [], '/', { byBridge: true });
  expect(electron.windows).toHaveLength(0);
  electron.app.emit('second-instance', {}, [], '/', { byBridge: false });
  expect(electron.windows).toHaveLength(1);
  const [window] = electron.windows;
  if (window) window.minimized = true;
  electron.app.emit('second-instance', {}, [], '/', null);
  expect(electron.windows).toHaveLength(1);
  expect(window).toMatchObject({ visible: true, minimized: false, focused: 1 });
});

it('tells the first instance whether a person or a bridge started the second', async () => {
  expect((await boot()).electron.app.lockData).toEqual({ byBridge: false });
  expect((await boot({ byBridge: true })).electron.app.lockData).toEqual({ byBridge: true });
});

it('shows its main window when it is activated', async () => {
  const { electron } = await boot({ byBridge: true });
  electron.app.emit('activate', {}, false);
  expect(electron.windowOf('index.html').visible).toBe(false);
  await vi.waitFor(() => expect(electron.windowOf('index.html').visible).toBe(true));
});

it('goes on in the tray when its last window is closed', async () => {
  const { electron } = await boot();
  electron.windowOf('index.html').close();
  // Without a listener Electron would quit.
  expect(electron.app.listenerCount('window-all-closed')).toBe(1);
  electron.app.emit('window-all-closed');
  expect(electron.app.ended).toBe(false);
});

it.each([
  ['says why it can’t start, and ends with 1', false, 'storage-unsafe', 1, 1],
  ['says so too when a host’s bridge started it', true, 'storage-unsafe', 1, 1],
  ['tells a person that another Rekey runs already', false, 'already-running', 1, 1],
  ['ends quietly when a bridge started it and another Rekey runs already', true, 'already-running', 0, 0],
])('%s', async (_title, byBridge, code, boxes, exit) => {
  const electron = new ElectronDouble();
  const startRekey = () => Promise.reject(new RekeyError(code, 'It does not go.', 'Do something else.'));
  await prepare({ electron, byBridge, startRekey });
  await import('../../main/index.ts');
  await vi.waitFor(() => expect(electron.app.exits).toEqual([exit]));
  expect(electron.errorBoxes).toHaveLength(boxes);
  for (const { content } of electron.errorBoxes) expect(content).toBe('It does not go.\n\nDo something else.');
  expect(electron.trays).toEqual([]);
});

it('says so when it can’t write to its data folder', async () => {
  const { electron } = await prepare();
  vi.stubEnv('REKEY_HOME', '/dev/null/rekey');
  await import('../../main/index.ts');
  expect(electron.errorBoxes[0]?.content).toMatch(/data folder .*ENOTDIR/s);
  expect(electron.app.exits).toEqual([1]);
});
