import { describe, expect, it } from 'vitest';
import { appOf, browserShellOf, howToStart, type Installation } from '../../bridge/installation.ts';
import type { Machine, Platform } from '../../main/machine.ts';

const packaged = (program: string): Installation => ({ kind: 'packaged', program });
const machine = (platform: Platform, env: Machine['env'] = {}): Machine => ({ platform, home: '/home/u', env });

const INSTALLED: readonly (readonly [platform: Platform, program: string, app: string])[] = [
  ['darwin', '/Applications/Rekey.app/Contents/Resources/bin/rekey', '/Applications/Rekey.app/Contents/MacOS/Rekey'],
  ['linux', '/opt/Rekey/resources/bin/rekey', '/opt/Rekey/rekey-app'],
  [
    'win32',
    'C:\\Users\\u\\AppData\\Local\\Programs\\Rekey\\resources\\bin\\rekey.exe',
    'C:\\Users\\u\\AppData\\Local\\Programs\\Rekey\\Rekey.exe',
  ],
];
const DESKTOP = { DISPLAY: ':0' };

describe('the packaged rekey', () => {
  it.each(INSTALLED)('starts the app that it stands in, on %s', (platform, program, app) => {
    expect(appOf(machine(platform, DESKTOP), packaged(program), (path) => path === app)).toEqual({
      command: app,
      args: [],
    });
  });

  it.each(INSTALLED)('says where it looked when the app is not there, on %s', (platform, program, app) => {
    expect(() => appOf(machine(platform, DESKTOP), packaged(program), () => false)).toThrow(
      expect.objectContaining({ code: 'app-missing', message: expect.stringContaining(app) }),
    );
  });

  it('starts nothing on a Linux without a desktop, where the app could only fail', () => {
    expect(() => appOf(machine('linux'), packaged('/opt/Rekey/resources/bin/rekey'), () => true)).toThrow(
      expect.objectContaining({ code: 'no-desktop' }),
    );
  });

  it('has no browser shell, and sends nobody to it', () => {
    expect(() => browserShellOf(packaged('/opt/Rekey/resources/bin/rekey'))).toThrow(
      expect.objectContaining({ code: 'no-browser-shell' }),
    );
    expect(howToStart(packaged('/opt/Rekey/resources/bin/rekey'))).not.toContain('rekey serve');
  });
});

describe('the rekey of a checkout', () => {
  const checkout: Installation = { kind: 'checkout', root: '/src/rekey' };

  it('starts the shell that this machine can show', () => {
    expect(appOf(machine('linux'), checkout, () => true).args).toEqual(['/src/rekey/dist/browser.mjs']);
    expect(appOf(machine('linux', DESKTOP), checkout, () => true).args).toEqual(['/src/rekey/dist/main.mjs']);
  });

  it('has the browser shell, and names it to whom the app did not start for', () => {
    expect(browserShellOf(checkout)).toBe('/src/rekey/dist/browser.mjs');
    expect(howToStart(checkout)).toContain('rekey serve');
  });
});
