import { describe, expect, it, vi } from 'vitest';
import { listedLink } from '../../main/shells/electron/security/listed-link.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { boot } from './boot.ts';

describe('permissions', () => {
  it('are all denied, asked for or looked up, and so are devices', async () => {
    const { electron } = await boot();
    const { request, check, device } = electron.session;
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
    ] as const) {
      const decide = vi.fn();
      // Nothing of these is looked at: the answer is the same for every page and permission.
      request?.(null as never, permission, decide, null as never);
      expect(decide, permission).toHaveBeenCalledExactlyOnceWith(false);
      expect(check?.(null, permission, 'app://rekey', null as never), permission).toBe(false);
    }
    expect(device?.({ deviceType: 'hid', origin: 'app://rekey', device: null as never })).toBe(false);
  });
});

describe('a file that a page saves', () => {
  it('is one that it has made itself, and none from elsewhere', async () => {
    const { electron } = await boot();
    expect(electron.session.downloads('blob:app://rekey/2f6c9f0e-1f6e-4c39-8a58-0d1f3f0d7a11')).toBe(true);
    for (const url of [
      'https://example.com/program.exe',
      'blob:https://example.com/2f6c9f0e-1f6e-4c39-8a58-0d1f3f0d7a11',
      'blob:app://rekey.example.com/2f6c9f0e',
      'app://rekey/index.html',
      'file:///etc/passwd',
      'data:text/plain,x',
    ]) {
      expect(electron.session.downloads(url), url).toBe(false);
    }
  });
});

describe.each(['index.html', 'confirmation.html'])('the page %s', (page) => {
  async function contents() {
    const { electron, core } = await boot();
    core.ask(AGENT);
    return { electron, contents: electron.windowOf(page).webContents };
  }

  it.each([
    'https://example.com/',
    'app://rekey/index.html?other',
    'app://other/index.html',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'about:blank',
  ])('is not led to %s', async (url) => {
    const { electron, contents: at } = await contents();
    const before = electron.windows.length;
    expect(at.wants('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
    expect(at.wants('will-redirect', { url, isMainFrame: true })).toBe(false);
    expect(electron.windows).toHaveLength(before);
    expect(electron.opened).toEqual([]);
  });

  it('may load itself again, and nothing inside it may', async () => {
    const { contents: at } = await contents();
    expect(at.wants('will-frame-navigate', { url: at.getURL(), isMainFrame: true })).toBe(true);
    expect(at.wants('will-frame-navigate', { url: at.getURL(), isMainFrame: false })).toBe(false);
  });

  it('embeds no webview', async () => {
    const { contents: at } = await contents();
    expect(at.wants('will-attach-webview')).toBe(false);
  });

  it('opens no window, and in the browser only a provider’s own page', async () => {
    const { electron, contents: at } = await contents();
    for (const url of [
      'https://app.bitscale.ai/settings/api',
      'https://app.bitscale.ai/settings/api/../../admin',
      'http://app.bitscale.ai/settings/api',
      'https://example.com/',
      'file:///etc/passwd',
    ]) {
      expect(at.open(url), url).toBe('deny');
    }
    await vi.waitFor(() => expect(electron.opened).toHaveLength(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(electron.opened).toEqual(['https://app.bitscale.ai/settings/api']);
  });
});

it('a link is not opened when the core can’t say which are ours', async () => {
  const { electron, core } = await boot();
  core.failing.set('listProviders', { code: 'internal', message: 'No.', wayOut: 'No.' });
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  electron.windowOf('index.html').webContents.open('https://app.bitscale.ai/settings/api');
  await vi.waitFor(() => expect(log).toHaveBeenCalledOnce());
  log.mockRestore();
  expect(electron.opened).toEqual([]);
});

it('every page that Electron makes stands under the rules, whoever made it', async () => {
  const { electron } = await boot();
  const { BrowserWindow } = electron.module as { BrowserWindow: new (options: object) => { webContents: unknown } };
  new BrowserWindow({});
  const stranger = electron.windows.at(-1)?.webContents;
  expect(stranger?.wants('will-frame-navigate', { url: 'https://example.com/', isMainFrame: true })).toBe(false);
  expect(stranger?.wants('will-attach-webview')).toBe(false);
  expect(stranger?.open('https://example.com/')).toBe('deny');
});

describe('a link', () => {
  const listed = ['https://console.log10x.com', 'https://app.bitscale.ai/settings/api'];

  it('is ours when it is one of the pages listed, however it is written', () => {
    expect(listedLink('https://console.log10x.com/', listed)).toBe('https://console.log10x.com/');
    expect(listedLink('HTTPS://app.bitscale.ai:443/settings/api', listed)).toBe('https://app.bitscale.ai/settings/api');
  });

  it.each([
    'http://console.log10x.com/',
    'https://console.log10x.com/other',
    'https://console.log10x.com/?next=https://example.com',
    'https://console.log10x.com/#x',
    'https://console.log10x.com@example.com/',
    'https://user@console.log10x.com/',
    'https://console.log10x.com.example/',
    'https://console.log10x.com:8443/',
    'console.log10x.com',
    'file:///console.log10x.com',
    '',
  ])('is not ours: %s', (address) => {
    expect(listedLink(address, listed)).toBeNull();
  });

  it('is not ours by a list that holds something else than https', () => {
    expect(listedLink('http://127.0.0.1/', ['http://127.0.0.1/'])).toBeNull();
  });
});
