import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { Platform } from '../../main/machine.ts';
import { concealedFormats } from '../../main/shells/electron/concealed-formats.ts';
import { prepare } from './boot.ts';

const key = new Secret('sk-live-0123456789');
const SECONDS = 1_000;

async function clipboardOn(platform: Platform) {
  const { electron } = await prepare();
  const { SecretClipboard } = await import('../../main/shells/electron/secret-clipboard.ts');
  return { system: electron.clipboard, clipboard: new SecretClipboard(platform) };
}

describe('a copied key', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('is cleared after 30 seconds', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    expect(await clipboard.copySecret(key)).toBe(30);
    await vi.advanceTimersByTimeAsync(29 * SECONDS);
    expect(system.text).toBe(key.reveal());
    await vi.advanceTimersByTimeAsync(1 * SECONDS);
    expect(system.text).toBe('');
  });

  it('is followed by what the person copied since, which stays', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    await clipboard.copySecret(key);
    system.text = 'a shopping list';
    await vi.advanceTimersByTimeAsync(31 * SECONDS);
    expect(system.text).toBe('a shopping list');
  });

  it('has its 30 seconds from the last time it was copied', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    await clipboard.copySecret(key);
    await vi.advanceTimersByTimeAsync(20 * SECONDS);
    await clipboard.copySecret(key);
    await vi.advanceTimersByTimeAsync(20 * SECONDS);
    expect(system.text).toBe(key.reveal());
    await vi.advanceTimersByTimeAsync(10 * SECONDS);
    expect(system.text).toBe('');
  });

  it('is cleared at once when the app ends, and only once', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    await clipboard.copySecret(key);
    await clipboard.clear();
    expect(system.text).toBe('');
    system.text = key.reveal();
    await clipboard.clear();
    expect(system.text).toBe(key.reveal());
  });

  it('does not keep the app alive', async () => {
    vi.useRealTimers();
    const { clipboard } = await clipboardOn('linux');
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await clipboard.copySecret(key);
    expect(timers.mock.results.map(({ value }) => value.hasRef())).toEqual([false]);
    timers.mockRestore();
    await clipboard.clear();
  });

  it('is left to the program that holds the clipboard just then', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    await clipboard.copySecret(key);
    system.refuses = true;
    await vi.advanceTimersByTimeAsync(31 * SECONDS);
    expect(system.text).toBe(key.reveal());
  });

  it('that the clipboard does not take is told as such, without the key', async () => {
    const { system, clipboard } = await clipboardOn('linux');
    system.refuses = true;
    const error = await clipboard.copySecret(key).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'clipboard-failed' });
    expect(String(error)).not.toContain(key.reveal());
    expect(system.writes).toEqual([]);
  });
});

describe('clipboard histories', () => {
  it.each([
    ['darwin', { 'org.nspasteboard.ConcealedType': 'concealed' }],
    ['linux', { 'x-kde-passwordManagerHint': 'secret' }],
    [
      'win32',
      {
        ExcludeClipboardContentFromMonitorProcessing: '\x01\0\0\0',
        CanIncludeInClipboardHistory: '\0\0\0\0',
        CanUploadToCloudClipboard: '\0\0\0\0',
      },
    ],
  ] as const)('are told to leave it out on %s, in the same write as the key', async (platform, marks) => {
    const { system, clipboard } = await clipboardOn(platform);
    await clipboard.copySecret(key);
    await clipboard.clear();
    expect(system.writes).toHaveLength(1);
    expect(system.writes[0]).toHaveLength(1);
    const items = system.writes[0]?.[0]?.items ?? {};
    expect(items['text/plain']).toBe(key.reveal());
    const named = Object.entries(marks).map(([format]) => `electron application/osclipboard;format="${format}"`);
    expect(Object.keys(items)).toEqual(['text/plain', ...named]);
    expect(Object.keys(concealedFormats(platform))).toEqual(named);
    const blobs = Object.values(concealedFormats(platform));
    expect(await Promise.all(blobs.map((blob) => blob.text()))).toEqual(Object.values(marks));
  });
});
