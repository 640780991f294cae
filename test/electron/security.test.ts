import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AGENT } from '../approvals/plan-double.ts';
import { boot, prepare } from './boot.ts';
import { ElectronDouble } from './electron-double.ts';

/**
 * Electron's checklist against what was really passed to it; what each rule does in a page is in rules.test.ts, the
 * policy and the scheme in pages.test.ts, the senders in calls.test.ts.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#checklist-security-recommendations
 */
const folder = join(import.meta.dirname, '../../main/shells/electron/security');
const CHECKLIST = 'https://www.electronjs.org/docs/latest/tutorial/security#';

/** By the checklist's number: the file of the rule, where it is one of this folder. */
const RULES: Readonly<Record<number, string>> = {
  1: 'deny-network.ts',
  2: 'no-node.ts',
  3: 'isolated-context.ts',
  4: 'enable-sandbox.ts',
  5: 'deny-permissions.ts',
  6: 'keep-web-security.ts',
  8: 'keep-web-security.ts',
  9: 'no-experiments.ts',
  10: 'no-experiments.ts',
  12: 'deny-webviews.ts',
  13: 'deny-navigation.ts',
  14: 'deny-new-windows.ts',
  15: 'open-link.ts',
  17: 'sender.ts',
  19: 'deny-debugging.ts',
};

describe('each rule of the checklist', () => {
  it.each(Object.entries(RULES))('%s has a file with the link to it: %s', async (number, name) => {
    expect(await readFile(join(folder, name), 'utf8')).toContain(`@see ${CHECKLIST}${number}-`);
  });

  it('is a small file that says where it comes from', async () => {
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      expect(text.split('\n').length, name).toBeLessThan(50);
      // What puts rules together, and what is a rule of Rekey's own.
      if (['harden.ts', 'listed-link.ts', 'own-question.ts'].includes(name)) continue;
      expect(text, name).toMatch(/@see https:\/\/www\.electronjs\.org\/docs\/latest\//);
    }
  });
});

describe('every window', () => {
  it.each(['index.html', 'confirmation.html'])('gets each option of the checklist: %s', async (page) => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    const { preload, devTools, ...options } = electron.windowOf(page).options.webPreferences ?? {};
    // All that is passed: one more would be an option that nobody has thought about here.
    expect(options).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
    expect(devTools).toBe(true);
    expect(preload).toMatch(/\.cjs$/);
  });
});

describe('the session of the pages', () => {
  it.each([
    'app://rekey/index.html',
    'app://rekey/assets/index-1a2b.js',
    'blob:app://rekey/2f6c9f0e',
    'data:image/png;base64,AA==',
  ])('loads what is Rekey’s own: %s', async (url) => {
    expect((await boot()).electron.session.webRequest.lets(url)).toBe(true);
  });

  it.each([
    'https://example.com/',
    'http://127.0.0.1:8080/',
    'app://rekey.example.com/index.html',
    'app://other/index.html',
    'blob:https://example.com/2f6c9f0e',
    'file:///etc/passwd',
    'ws://127.0.0.1:1/',
    'ftp://example.com/',
    '',
  ])('loads nothing else: %s', async (url) => {
    expect((await boot()).electron.session.webRequest.lets(url)).toBe(false);
  });
});

describe('a packaged app', () => {
  it('can’t be started with Chromium’s tools for developers open, or with weaker rules', async () => {
    const electron = new ElectronDouble();
    electron.app.isPackaged = true;
    const { electron: started } = await boot({ electron });
    expect(started.app.commandLine.removed).toEqual(
      expect.arrayContaining(['remote-debugging-port', 'remote-debugging-pipe', 'disable-web-security']),
    );
    // Later, Chromium has read them.
    expect(started.app.steps.indexOf('remove switches')).toBeLessThan(started.app.steps.indexOf('ready'));
    expect(started.windowOf('index.html').options.webPreferences?.devTools).toBe(false);
  });

  it('and one from the source can, for whoever works on it', async () => {
    expect((await boot()).electron.app.commandLine.removed).toEqual([]);
  });
});

it('no scheme is registered for other programs, and no dump of memory is made', async () => {
  // The double has neither `setAsDefaultProtocolClient` nor `crashReporter`: their first use would fail.
  const { electron } = await prepare();
  expect(electron.module).not.toHaveProperty('crashReporter');
  expect(electron.app).not.toHaveProperty('setAsDefaultProtocolClient');
  await import('../../main/index.ts');
  expect(electron.schemes.map(({ scheme }) => scheme)).toEqual(['app']);
});
