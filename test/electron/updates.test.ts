import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { UpdateState, UpdatesFile } from '../../main/desktop/desktop.schema.ts';
import type { Feed } from '../../main/shells/electron/updates/feed.ts';
import { checkIsDue, DAY_MS, mayCheck } from '../../main/shells/electron/updates/policy.ts';
import { AppUpdates } from '../../main/shells/electron/updates/updates.ts';
import { whyAbsent } from '../../main/shells/electron/updates/whether-signed.ts';
import { boot, prepare } from './boot.ts';

const NOW = new Date('2026-06-01T12:00:00.000Z');
const file = (change: Partial<UpdatesFile> = {}): UpdatesFile => ({
  version: 1,
  automatic: true,
  checkedAt: null,
  ...change,
});
const ago = (ms: number): string => new Date(NOW.getTime() - ms).toISOString();

describe('whether to ask by itself', () => {
  const idle: UpdateState = { state: 'idle' };
  it.each<[string, UpdateState, Partial<UpdatesFile>, boolean]>([
    ['nobody has asked yet', idle, {}, true],
    ['a day is over', idle, { checkedAt: ago(DAY_MS) }, true],
    ['a day is not over', idle, { checkedAt: ago(DAY_MS - 1) }, false],
    ['it is switched off', idle, { automatic: false }, false],
    ['the clock was set back since', idle, { checkedAt: ago(-60_000) }, true],
    ['it failed a day ago', failed(), { checkedAt: ago(DAY_MS) }, true],
    ['it failed just now', failed(), { checkedAt: ago(1_000) }, false],
    ['a newer one is known', { state: 'available', version: '2' }, {}, false],
    ['it is asked just now', { state: 'checking' }, {}, false],
    ['it is downloaded just now', { state: 'downloading', version: '2', percent: 3 }, {}, false],
    ['it is ready', { state: 'ready', version: '2' }, {}, false],
    ['there are none', { state: 'absent', why: 'no-feed' }, {}, false],
  ])('when %s', (_when, update, change, due) => {
    expect(checkIsDue(update, file(change), NOW)).toBe(due);
  });

  it('is no matter for the person’s own click, but for what is under way', () => {
    expect(['idle', 'available'].every((state) => mayCheck({ state } as UpdateState))).toBe(true);
    expect(mayCheck(failed())).toBe(true);
    for (const state of ['absent', 'checking', 'downloading', 'ready']) {
      expect(mayCheck({ state } as UpdateState), state).toBe(false);
    }
  });
});

function failed(): UpdateState {
  return { state: 'failed', problem: { code: 'update-failed', message: 'No.', wayOut: 'Again.' } };
}

describe('updates are only taken where their signature is checked', () => {
  const feed = 'provider: generic\nurl: https://example.com\n';
  it.each([
    ['a build from the source', false, 'darwin', feed, 'not-packaged'],
    ['Linux, where nobody checks one', true, 'linux', feed, 'not-signed'],
    ['a build without a feed', true, 'darwin', null, 'no-feed'],
    ['macOS, which takes no other signature than the app’s', true, 'darwin', feed, null],
    ['Windows without a publisher', true, 'win32', feed, 'not-signed'],
    ['Windows with an empty one', true, 'win32', `${feed}publisherName:\n  - " "\n`, 'not-signed'],
    ['Windows with a feed that can’t be read', true, 'win32', '{{', 'not-signed'],
    ['Windows with its publisher', true, 'win32', `${feed}publisherName:\n  - Rekey Ltd\n`, null],
    ['Windows with its publisher as text', true, 'win32', `${feed}publisherName: Rekey Ltd\n`, null],
  ] as const)('%s', (_what, packaged, platform, text, why) => {
    expect(whyAbsent(packaged, platform, text)).toBe(why);
  });

  it('and a build from the source says so', async () => {
    const { options } = await boot();
    expect(await options[0]?.desktopParts?.updates?.view()).toMatchObject({
      update: { state: 'absent', why: 'not-packaged' },
    });
  });
});

class FakeFeed implements Feed {
  newer: string | null = '2.0.0';
  checks = 0;
  installs = 0;
  breaks = false;
  /** Lets the download go on. */
  readonly progress: ((percent: number) => void)[] = [];
  #finish: (() => void) | null = null;
  async check(): Promise<string | null> {
    this.checks++;
    if (this.breaks) throw new Error('net::ERR https://user:secret@example.com');
    return this.newer;
  }
  download(onPercent: (percent: number) => void): Promise<void> {
    this.progress.push(onPercent);
    return new Promise((resolve, reject) => {
      this.#finish = () => (this.breaks ? reject(new Error('not signed')) : resolve());
    });
  }
  finish(): void {
    this.#finish?.();
  }
  install(): void {
    this.installs++;
  }
}

function updatesWith({ busy = false, given = file(), absent = null as 'no-feed' | null } = {}) {
  const feed = new FakeFeed();
  const state = { busy, file: given, now: NOW, seen: [] as UpdateState['state'][] };
  const updates: AppUpdates = new AppUpdates({
    file: {
      read: async () => state.file,
      update: async (change) => {
        state.file = change(state.file);
        return state.file;
      },
    },
    now: () => state.now,
    absent,
    feed: async () => feed,
    endWith: async (leave) => {
      if (!state.busy) leave();
      return !state.busy;
    },
    onChange: () => void updates.view().then(({ update }) => state.seen.push(update.state)),
  });
  return { updates, feed, state, at: async () => (await updates.view()).update };
}

describe('the updates', () => {
  it('are asked about once a day, and not again before', async () => {
    const { updates, feed, state, at } = updatesWith();
    feed.newer = null;
    await updates.look();
    await updates.look();
    expect(feed.checks).toBe(1);
    expect(await at()).toEqual({ state: 'idle' });
    expect(state.file.checkedAt).toBe(NOW.toISOString());
    state.now = new Date(NOW.getTime() + DAY_MS);
    await updates.look();
    expect(feed.checks).toBe(2);
  });

  it('are not asked about by themselves when that is switched off, and still by a click', async () => {
    const { updates, feed } = updatesWith();
    await updates.setAutomatic(false);
    await updates.look();
    expect(feed.checks).toBe(0);
    await updates.check();
    expect(feed.checks).toBe(1);
    expect(await updates.view()).toMatchObject({ automatic: false, update: { state: 'available', version: '2.0.0' } });
  });

  it('are downloaded only after the person agrees, and told how far', async () => {
    const { updates, feed, at } = updatesWith();
    await expect(updates.download()).rejects.toMatchObject({ code: 'update-not-ready' });
    await updates.look();
    expect(feed.progress).toEqual([]);
    await updates.download();
    feed.progress[0]?.(41.7);
    expect(await at()).toEqual({ state: 'downloading', version: '2.0.0', percent: 41 });
    feed.finish();
    await vi.waitFor(async () => expect(await at()).toEqual({ state: 'ready', version: '2.0.0' }));
    expect(feed.installs).toBe(0);
  });

  it('are installed when the person says so, and never in the middle of a rotation', async () => {
    const { updates, feed, state, at } = updatesWith();
    await updates.look();
    await expect(updates.install()).rejects.toMatchObject({ code: 'update-not-ready' });
    await updates.download();
    feed.finish();
    await vi.waitFor(async () => expect((await at()).state).toBe('ready'));
    state.busy = true;
    await expect(updates.install()).rejects.toMatchObject({ code: 'update-busy' });
    expect(feed.installs).toBe(0);
    expect((await at()).state).toBe('ready');
    state.busy = false;
    await updates.install();
    expect(feed.installs).toBe(1);
  });

  it('that fail are told without the cause’s own words, and can be tried again', async () => {
    const { updates, feed, state, at } = updatesWith();
    feed.breaks = true;
    await updates.look();
    expect(JSON.stringify(await at())).not.toContain('secret');
    expect(await at()).toMatchObject({ state: 'failed', problem: { code: 'update-failed' } });
    expect(state.file.checkedAt).toBe(NOW.toISOString());
    feed.breaks = false;
    await updates.check();
    await updates.download();
    feed.breaks = true;
    feed.finish();
    await vi.waitFor(async () => expect(await at()).toMatchObject({ state: 'failed' }));
    expect(feed.installs).toBe(0);
  });

  it('do nothing where there are none', async () => {
    const { updates, feed, at } = updatesWith({ absent: 'no-feed' });
    updates.start();
    await updates.check();
    await updates.look();
    expect(feed.checks).toBe(0);
    expect(await at()).toEqual({ state: 'absent', why: 'no-feed' });
  });
});

class AutoUpdaterDouble extends EventEmitter {
  autoDownload = true;
  autoInstallOnAppQuit = true;
  allowDowngrade = true;
  allowPrerelease = true;
  logger: unknown = console;
  readonly steps: unknown[] = [];
  available = true;
  async checkForUpdates() {
    return { isUpdateAvailable: this.available, updateInfo: { version: '2.0.0' } };
  }
  async downloadUpdate() {
    this.emit('download-progress', { percent: 50 });
    this.steps.push('downloaded');
  }
  quitAndInstall(...args: unknown[]) {
    this.steps.push(args);
  }
}

it('electron-updater does nothing by itself, and writes nothing', async () => {
  await prepare();
  const autoUpdater = new AutoUpdaterDouble();
  vi.doMock('electron-updater', () => ({ autoUpdater }));
  const { signedFeed } = await import('../../main/shells/electron/updates/feed.ts');
  const feed = await signedFeed();
  vi.doUnmock('electron-updater');
  expect(autoUpdater).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
    allowPrerelease: false,
    logger: null,
  });
  expect(await feed.check()).toBe('2.0.0');
  autoUpdater.available = false;
  expect(await feed.check()).toBeNull();
  const percents: number[] = [];
  await feed.download((percent) => percents.push(percent));
  expect(percents).toEqual([50]);
  expect(autoUpdater.listenerCount('download-progress')).toBe(0);
  expect(() => autoUpdater.emit('error', new Error('offline'))).not.toThrow();
  feed.install();
  expect(autoUpdater.steps).toEqual(['downloaded', [false, true]]);
});

it('the app ends for an update with everything put away, and not in the middle of a rotation', async () => {
  const booted = await boot();
  const { onBeforeQuit } = await import('../../main/shells/electron/lifecycle/before-quit.ts');
  booted.electron.app.removeAllListeners('before-quit');
  const steps: string[] = [];
  let busy = true;
  const { endWith } = onBeforeQuit({
    busy: () => busy,
    stops: [async () => void steps.push('stopped')],
    refuse: async () => false,
  });
  expect(await endWith(() => steps.push('left'))).toBe(false);
  expect(steps).toEqual([]);
  busy = false;
  expect(await endWith(() => booted.electron.app.quit())).toBe(true);
  expect(steps).toEqual(['stopped']);
  expect(booted.electron.app.ended).toBe(true);
});

it.each([
  ['throws', true],
  ['does nothing', false],
])('an installer that %s does not leave an app behind that has put everything away', async (_how, throws) => {
  const { electron } = await prepare();
  const { onBeforeQuit } = await import('../../main/shells/electron/lifecycle/before-quit.ts');
  const { endWith } = onBeforeQuit({ busy: () => false, stops: [], refuse: async () => false });
  vi.useFakeTimers();
  try {
    const leaving = endWith(() => {
      if (throws) throw new Error('it is not there');
    });
    await vi.advanceTimersByTimeAsync(throws ? 0 : 60_000);
    expect(await leaving).toBe(true);
    expect(electron.app.ended).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
