import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { CrashNotes } from '../../main/crash/crash-notes.ts';
import { DesktopError, type DesktopParts, type Updates } from '../../main/desktop/desktop-parts.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.dispose());

const NOTE = {
  at: '2026-06-01T12:00:00.000Z',
  version: '0.1.0',
  platform: 'linux',
  where: 'main',
  name: 'TypeError',
  code: null,
  frames: ['main.mjs:1:2'],
} as const;

function partsFor(folder: string): DesktopParts & { readonly copied: string[]; readonly steps: string[] } {
  const copied: string[] = [];
  const steps: string[] = [];
  let on = false;
  let automatic = true;
  const updates: Updates = {
    view: async () => ({ update: { state: 'available', version: '2.0.0' }, automatic, checkedAt: null }),
    check: async () => void steps.push('check'),
    download: async () => void steps.push('download'),
    install: async () => {
      throw new DesktopError('update-busy', 'A rotation runs.', 'Wait.');
    },
    setAutomatic: async (chosen) => {
      automatic = chosen;
    },
  };
  new CrashNotes(folder).add({ ...NOTE, frames: [...NOTE.frames] });
  return {
    copied,
    steps,
    loginItem: {
      isOn: async () => on,
      turn: async (chosen) => {
        on = chosen;
      },
    },
    updates,
    crashes: new CrashNotes(folder),
    copyText: async (text) => void copied.push(text),
  };
}

async function onDesktop() {
  sandbox = await openSandbox();
  const desktopParts = partsFor(join(sandbox.home, 'rekey'));
  await sandbox.restart({ desktopParts });
  return desktopParts;
}

describe('a shell with a desktop', () => {
  it('tells how things stand, and turns them', async () => {
    await onDesktop();
    expect(await sandbox.call('getDesktop', {})).toEqual({
      startAtLogin: false,
      updates: { update: { state: 'available', version: '2.0.0' }, automatic: true, checkedAt: null },
      crash: NOTE,
    });
    expect(await sandbox.call('setStartAtLogin', { on: true })).toMatchObject({ startAtLogin: true });
    expect(await sandbox.call('setUpdateChecks', { on: false })).toMatchObject({ updates: { automatic: false } });
    expect(sandbox.events.filter(({ payload }) => 'topic' in payload && payload.topic === 'desktop')).toHaveLength(2);
  });

  it('checks and downloads when it is told to, and says why it does not install', async () => {
    const { steps } = await onDesktop();
    await sandbox.call('checkForUpdate', {});
    await sandbox.call('downloadUpdate', {});
    expect(steps).toEqual(['check', 'download']);
    await expect(sandbox.call('installUpdate', {})).rejects.toMatchObject({ code: 'update-busy' });
  });

  it('gives the last crash as text, and forgets it', async () => {
    const { copied } = await onDesktop();
    await sandbox.call('copyCrashNote', {});
    expect(copied).toEqual(['Rekey 0.1.0 on linux, 2026-06-01T12:00:00.000Z\nmain: TypeError\n  at main.mjs:1:2\n']);
    expect(await sandbox.call('dismissCrashNote', {})).toMatchObject({ crash: null });
    expect(await sandbox.call('getDesktop', {})).toMatchObject({ crash: null });
  });

  it.each(['setStartAtLogin', 'setUpdateChecks', 'downloadUpdate', 'installUpdate', 'dismissCrashNote'] as const)(
    'does not do %s for an agent, a script or the confirmation',
    async (name) => {
      await onDesktop();
      const input = name.startsWith('set') ? { on: true } : {};
      for (const carrier of ['agent', 'script', 'confirmation-window'] as const) {
        await expect(sandbox.call(name, input as never, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
      }
    },
  );
});

it('a shell without one offers none of it', async () => {
  sandbox = await openSandbox();
  expect(await sandbox.call('getDesktop', {})).toEqual({ startAtLogin: null, updates: null, crash: null });
  await expect(sandbox.call('setStartAtLogin', { on: true })).rejects.toMatchObject({ code: 'not-on-this-desktop' });
  await expect(sandbox.call('checkForUpdate', {})).rejects.toMatchObject({ code: 'not-on-this-desktop' });
});

it('a link that was refused stands in the activity, without the link', async () => {
  sandbox = await openSandbox();
  sandbox.rekey.linkRefused();
  await expect
    .poll(() => sandbox.call('listActivity', {}))
    .toMatchObject([{ kind: 'link-refused', who: 'rekey', detail: null }]);
});
