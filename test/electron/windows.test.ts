import { join } from 'node:path';
import type { BrowserWindowConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { webPreferences } from '../../main/shells/electron/windows/web-preferences.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { boot } from './boot.ts';

const main = join(import.meta.dirname, '../../main');

/** Every line of Electron's checklist that is an option of a window. */
const CHECKLIST = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  spellcheck: false,
} as const;

describe('every window', () => {
  it.each(['index.html', 'confirmation.html'])('is made by the checklist: %s', async (page) => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    const { options } = electron.windowOf(page);
    expect(options.webPreferences).toMatchObject(CHECKLIST);
    expect(options.show).toBe(false);
  });

  it('turns on nothing that the checklist turns off', async () => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    const dangerous: (keyof NonNullable<BrowserWindowConstructorOptions['webPreferences']>)[] = [
      'enableBlinkFeatures',
      'additionalArguments',
      'partition',
      'plugins',
    ];
    for (const { options } of electron.windows) {
      expect(Object.keys(options.webPreferences ?? {}).filter((name) => dangerous.includes(name as never))).toEqual([]);
    }
  });

  it('has a bridge of its own', async () => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    const preload = (page: string) => electron.windowOf(page).options.webPreferences?.preload;
    expect(preload('index.html')).toBe(join(main, 'preload/main-window.cjs'));
    expect(preload('confirmation.html')).toBe(join(main, 'preload/confirmation-window.cjs'));
  });

  it('has tools for developers only where it was not packaged', () => {
    expect(webPreferences('main-window.cjs', { preloads: '/p', packaged: true }).devTools).toBe(false);
    expect(webPreferences('main-window.cjs', { preloads: '/p', packaged: false }).devTools).toBe(true);
  });
});

describe('the main window', () => {
  it('is one, and is made anew after it was closed', async () => {
    const { electron } = await boot();
    const first = electron.windowOf('index.html');
    electron.menu.click('Open Rekey');
    expect(electron.windows).toHaveLength(1);
    first.close();
    electron.menu.click('Open Rekey');
    expect(electron.windowOf('index.html')).not.toBe(first);
  });

  it('shows itself only when its page is there', async () => {
    const { electron } = await boot({ byBridge: true });
    electron.menu.click('Open Rekey');
    expect(electron.windowOf('index.html').visible).toBe(false);
    await vi.waitFor(() => expect(electron.windowOf('index.html').visible).toBe(true));
  });

  it('gets no event any more when it is closed', async () => {
    const { electron, core } = await boot();
    const window = electron.windowOf('index.html');
    window.close();
    const before = window.webContents.sent.length;
    core.emit({ name: 'changed', payload: { topic: 'hosts' } });
    expect(window.webContents.sent).toHaveLength(before);
  });
});

describe('the confirmation window', () => {
  it('opens by itself for each request, on top, focused, with the request in its address', async () => {
    const { electron, core } = await boot({ byBridge: true });
    const one = core.ask(AGENT, 'work');
    const other = core.ask(AGENT, 'wallet');
    await vi.waitFor(() => expect(electron.app.focused).toBe(2));
    expect(electron.windows.map(({ loaded }) => loaded)).toEqual([
      [`app://rekey/confirmation.html?id=${one.id}`],
      [`app://rekey/confirmation.html?id=${other.id}`],
    ]);
    for (const window of electron.windows) {
      expect(window.options).toMatchObject({ alwaysOnTop: true, minimizable: false, fullscreenable: false });
      expect(window).toMatchObject({ visible: true, focused: 1 });
    }
  });

  it('opens for a request that came in before anybody listened', async () => {
    const core = new ScriptedCore();
    const { id } = core.ask(AGENT);
    const { electron } = await boot({ core, byBridge: true });
    expect(electron.windowOf('confirmation.html').loaded).toEqual([`app://rekey/confirmation.html?id=${id}`]);
  });

  it('opens for no request that is decided already', async () => {
    const core = new ScriptedCore();
    core.changeApproval(core.ask(AGENT).id, { state: 'denied' });
    const { electron } = await boot({ core, byBridge: true });
    expect(electron.windows).toEqual([]);
  });

  it('denies the request when the person closes it undecided', async () => {
    const { electron, core } = await boot();
    const { id } = core.ask(AGENT);
    electron.windowOf('confirmation.html').close();
    await vi.waitFor(() => expect(core.approvals[0]?.state).toBe('denied'));
    const denial = core.asked.find(({ name }) => name === 'deny');
    expect(denial).toMatchObject({ input: { id }, caller: { carrier: 'confirmation-window' } });
  });

  it.each(['approved', 'denied', 'expired', 'withdrawn', 'failed'] as const)(
    'stays when the request is %s, and closing it then decides nothing',
    async (state) => {
      const { electron, core } = await boot();
      const { id } = core.ask(AGENT);
      core.changeApproval(id, { state });
      const window = electron.windowOf('confirmation.html');
      expect(window.isDestroyed()).toBe(false);
      window.close();
      expect(core.inputsOf('deny')).toEqual([]);
    },
  );

  it('is one for all that were asked for together, and shows itself once', async () => {
    const { electron, core } = await boot({ byBridge: true });
    const { approvals } = core.askTogether(AGENT, ['work', 'wallet', 'market']);
    await vi.waitFor(() => expect(electron.app.focused).toBe(1));
    expect(electron.windows.map(({ loaded }) => loaded)).toEqual([
      [`app://rekey/confirmation.html?id=${approvals[0]?.id}`],
    ]);
    core.ask(AGENT, 'logs production');
    expect(electron.windows).toHaveLength(2);
  });

  it('comes to the front for each of them, from the tray or the main page, also when they are decided', async () => {
    const { electron, core } = await boot();
    const { approvals } = core.askTogether(AGENT, ['work', 'wallet']);
    const window = electron.windowOf('confirmation.html');
    await vi.waitFor(() => expect(window.focused).toBe(1));
    await vi.waitFor(() => electron.menu.click('Decide: rotate 2 keys?'));
    await vi.waitFor(() => expect(window.focused).toBe(2));
    for (const { id } of approvals) {
      core.changeApproval(id, { state: 'approved' });
      const before = window.focused;
      const link = { url: `app://rekey/confirmation.html?id=${id}`, isMainFrame: true };
      expect(electron.windowOf('index.html').webContents.wants('will-frame-navigate', link)).toBe(false);
      expect(window.focused).toBe(before + 1);
    }
  });

  it('denies all that still wait when the person closes it, and those that are decided stay as they are', async () => {
    const { electron, core } = await boot();
    const { batch, approvals } = core.askTogether(AGENT, ['work', 'wallet', 'market']);
    core.changeApproval(approvals[1]?.id ?? '', { state: 'withdrawn' });
    electron.windowOf('confirmation.html').close();
    await vi.waitFor(() => expect(core.inputsOf('deny')).toHaveLength(2));
    const states = core.approvals.filter((one) => one.batch === batch).map(({ state }) => state);
    expect(states.sort()).toEqual(['denied', 'denied', 'withdrawn']);
  });

  it('goes on when the request was decided in the very moment of closing', async () => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    core.failing.set('deny', { code: 'approval-decided', message: 'It was decided.', wayOut: 'None.' });
    const rejections = vi.fn();
    process.on('unhandledRejection', rejections);
    electron.windowOf('confirmation.html').close();
    await vi.waitFor(() => expect(core.inputsOf('deny')).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', rejections);
    expect(rejections).not.toHaveBeenCalled();
    expect(electron.boxes).toEqual([]);
  });

  it('comes to the front again, and no second one opens, when the main page leads to it', async () => {
    const { electron, core } = await boot();
    const { id } = core.ask(AGENT);
    const window = electron.windowOf('confirmation.html');
    await vi.waitFor(() => expect(window.focused).toBe(1));
    const link = { url: `app://rekey/confirmation.html?id=${id}`, isMainFrame: true };
    expect(electron.windowOf('index.html').webContents.wants('will-frame-navigate', link)).toBe(false);
    expect(window.focused).toBe(2);
    expect(electron.windows).toHaveLength(2);
  });

  it('can’t be opened for a request that does not wait', async () => {
    const { electron } = await boot();
    const link = { url: 'app://rekey/confirmation.html?id=made-up', isMainFrame: true };
    expect(electron.windowOf('index.html').webContents.wants('will-frame-navigate', link)).toBe(false);
    expect(electron.windows).toHaveLength(1);
  });
});
