import { describe, expect, it } from 'vitest';
import type { Machine } from '../../main/machine.ts';
import { chooseShell } from '../../main/shells/choose.ts';

const linux = (env: Machine['env']): Machine => ({ platform: 'linux', home: '/home/u', env });

describe('the choice of the shell', () => {
  it('is Electron where its runtime and a desktop are', () => {
    const choice = chooseShell(
      linux({ DISPLAY: ':0' }),
      '/app',
      (path) => path === '/app/node_modules/electron/dist/electron',
    );
    expect(choice).toMatchObject({
      kind: 'electron',
      command: '/app/node_modules/electron/dist/electron',
      args: ['/app/dist/main.mjs'],
    });
  });

  it('is Electron from another place when ELECTRON_OVERRIDE_DIST_PATH names one', () => {
    const machine = linux({ WAYLAND_DISPLAY: 'wayland-0', ELECTRON_OVERRIDE_DIST_PATH: '/opt/electron' });
    expect(chooseShell(machine, '/app', (path) => path === '/opt/electron/electron').command).toBe(
      '/opt/electron/electron',
    );
  });

  it('is the browser without the runtime, and says so', () => {
    const choice = chooseShell(linux({ DISPLAY: ':0' }), '/app', () => false);
    expect(choice).toMatchObject({
      kind: 'browser',
      args: ['/app/dist/browser.mjs'],
      why: expect.stringContaining('runtime'),
    });
  });

  it('is the browser without a desktop, and says so', () => {
    expect(chooseShell(linux({}), '/app', () => true)).toMatchObject({
      kind: 'browser',
      why: expect.stringContaining('DISPLAY'),
    });
  });

  it.each([
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
    ['win32', 'electron.exe'],
  ] as const)('needs no DISPLAY on %s', (platform, executable) => {
    expect(chooseShell({ platform, home: '/u', env: {} }, '/app', (path) => path.endsWith(executable)).kind).toBe(
      'electron',
    );
  });
});
