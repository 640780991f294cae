import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { CrashFile } from '../../main/crash/crash-note.schema.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { boot } from './boot.ts';

const KEY = 'sk-live-0123456789abcdef';

async function notesIn(home: string): Promise<{ text: string; notes: CrashFile['notes'] }> {
  const text = await readFile(join(home, 'rekey', 'crashes.json'), 'utf8').catch(() => '{"notes":[]}');
  return { text, notes: JSON.parse(text).notes };
}

/** As Node does it: whoever listens is told. */
function fault(name: 'uncaughtException' | 'unhandledRejection', thrown: unknown): void {
  // The test runner's own listeners would take it for a fault of the test.
  const listeners: ((thrown: unknown) => void)[] = process.listeners(name as 'uncaughtException') as never[];
  listeners.at(-1)?.(thrown);
}

it('a fault is noted without its message, and the app ends with words that hold nothing of it', async () => {
  const { electron, home, options } = await boot();
  await options[0]?.clipboard?.copySecret(new Secret(KEY));
  fault('uncaughtException', Object.assign(new TypeError(`no such key: ${KEY}`), { code: 'ENOENT' }));
  const { text, notes } = await notesIn(home);
  expect(notes).toMatchObject([{ where: 'main', name: 'TypeError', code: 'ENOENT', version: '0.1.0' }]);
  expect(text).not.toContain(KEY);
  fault('uncaughtException', new Error('one more while it ends'));
  await vi.waitFor(() => expect(electron.app.exits).toEqual([1]));
  expect(electron.errorBoxes).toHaveLength(1);
  expect(JSON.stringify(electron.errorBoxes)).not.toContain(KEY);
  expect(electron.clipboard.text).toBe('');
});

it('a fault in the middle of a rotation is noted, and the app goes on: the new key may be in memory alone', async () => {
  const booted = await boot();
  booted.busy = true;
  fault('uncaughtException', new Error(KEY));
  expect((await notesIn(booted.home)).notes).toHaveLength(1);
  expect(booted.electron.app.exits).toEqual([]);
  booted.busy = false;
  fault('uncaughtException', new Error(KEY));
  await vi.waitFor(() => expect(booted.electron.app.exits).toEqual([1]));
});

it('a failure that nobody waited for is noted, and ends nothing', async () => {
  const { electron, home } = await boot();
  fault('unhandledRejection', KEY);
  const { text, notes } = await notesIn(home);
  expect(notes).toMatchObject([{ where: 'promise', name: 'string', code: null, frames: [] }]);
  expect(text).not.toContain(KEY);
  expect(electron.app.exits).toEqual([]);
});

it('a window whose process dies is loaded again, once, and goes away when it dies again', async () => {
  const { electron, home } = await boot();
  const window = electron.windowOf('index.html');
  const die = (reason: string): void => {
    const details = { reason, exitCode: 139 };
    window.webContents.emit('render-process-gone', {}, details);
    electron.app.emit('render-process-gone', {}, window.webContents, details);
  };
  die('clean-exit');
  expect(window.webContents.reloads).toBe(0);
  die('crashed');
  expect(window.webContents.reloads).toBe(1);
  expect(window.isDestroyed()).toBe(false);
  die('oom');
  expect(window.webContents.reloads).toBe(1);
  expect(window.isDestroyed()).toBe(true);
  expect((await notesIn(home)).notes).toMatchObject([
    { where: 'page', name: 'crashed', code: '139' },
    { where: 'page', name: 'oom', code: '139' },
  ]);
  electron.menu.click('Open Rekey');
  await vi.waitFor(() => expect(electron.windowOf('index.html')).not.toBe(window));
});

it('another process of its own that dies is noted', async () => {
  const { electron, home } = await boot();
  electron.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 });
  electron.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  expect((await notesIn(home)).notes).toMatchObject([{ where: 'part', name: 'GPU: crashed', code: '5' }]);
});

it('what an earlier run has noted is there for the pages, and copied as text', async () => {
  const { electron, options } = await boot();
  expect(options[0]?.desktopParts?.crashes?.latest).toBeNull();
  await options[0]?.desktopParts?.copyText?.('Rekey 0.1.0');
  expect(electron.clipboard.text).toBe('Rekey 0.1.0');
});
