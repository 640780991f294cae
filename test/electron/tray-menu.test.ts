import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Reminder } from '../../main/reminders/reminder.schema.ts';
import { menuTemplate } from '../../main/shells/electron/tray/menu-template.ts';
import { type MenuItemSpec, trayMenu } from '../../main/shells/electron/tray/tray-menu.ts';
import { moodOf, statusLine, type TrayMood } from '../../main/shells/electron/tray/tray-mood.ts';
import { restartsDue, type TrayState } from '../../main/shells/electron/tray/tray-state.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { credentials } from '../e2e/scripted/credentials.ts';
import { hosts } from '../e2e/scripted/hosts.ts';
import { ends, rotationOf } from '../e2e/scripted/rotation.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';

const core = new ScriptedCore();
const request = core.ask(AGENT, 'work');
const other = core.ask(AGENT, 'wallet');
const running = rotationOf(request, 'staged');
const stuck = ends.waiting(other);

const workDue = core.makeDue('work', 93);
const walletDue = core.makeDue('wallet', 1);
const oldKey: Reminder = { ...walletDue, kind: 'old-key', rotationId: stuck.id };

const ALL_WELL: TrayState = {
  keychain: 'ready',
  credentials: credentials(),
  requests: [],
  running: [],
  stuck: [],
  restarts: [],
  due: [],
};

const END = ['-', 'Open Rekey', 'Practice…', 'Settings…', '-', 'Quit Rekey'];

function isSnooze(label: string): boolean {
  return label.endsWith('in a week');
}

function labels(items: readonly MenuItemSpec[]): string[] {
  return items.map((item) => (item.kind === 'separator' ? '-' : item.label));
}

function enabled(state: TrayState, name: string): boolean[] {
  const menu = trayMenu(state).find((item) => item.kind === 'submenu' && item.label.startsWith(`${name} `));
  if (menu?.kind !== 'submenu') throw new Error(`no submenu for ${name}`);
  return menu.items.map((item) => item.kind === 'item' && item.enabled);
}

describe('the first line and the icon', () => {
  const cases: [string, Partial<TrayState> | null, TrayMood, string][] = [
    ['all is well', {}, 'idle', 'All 4 keys are in order'],
    ['there is one key', { credentials: credentials().slice(0, 1) }, 'idle', 'Your key is in order'],
    ['there is none', { credentials: [] }, 'idle', 'No keys yet'],
    ['a request waits', { requests: [request], running: [running] }, 'attention', 'Waiting for you: rotate “work”?'],
    ['requests wait', { requests: [request, other] }, 'attention', 'Waiting for you: 2 requests'],
    ['a rotation waits', { stuck: [stuck], running: [running] }, 'attention', 'Needs you: rotation of “wallet”'],
    ['a key is due', { due: [workDue] }, 'due', '“work” is due to be rotated'],
    ['keys are due', { due: [workDue, walletDue] }, 'due', '2 keys are due to be rotated'],
    ['an old key is to be revoked', { due: [oldKey] }, 'due', 'The old key of “wallet” still works'],
    ['both are', { due: [workDue, oldKey] }, 'due', '2 keys need you: to be rotated or revoked'],
    ['a rotation runs while a key is due', { due: [walletDue], running: [running] }, 'busy', 'Rotating “work”…'],
    ['a rotation runs', { running: [running] }, 'busy', 'Rotating “work”…'],
    ['rotations run', { running: [running, running] }, 'busy', 'Rotating 2 keys…'],
    ['the keychain is locked', { keychain: 'locked' }, 'locked', 'Locked: open Rekey to unlock your keys'],
    [
      'there is no keychain',
      { keychain: 'absent' },
      'attention',
      'Rekey needs a place for your keys; open it to choose one',
    ],
    [
      'a key needs the person',
      { credentials: credentials().map((one) => (one.name === 'market' ? { ...one, state: 'needs-you' } : one)) },
      'attention',
      'Needs you: “market”',
    ],
    [
      'several keys do',
      { credentials: credentials().map((one) => ({ ...one, state: 'needs-you' })) },
      'attention',
      'Needs you: 4 keys',
    ],
    ['the core can’t be asked', null, 'attention', 'Rekey can’t read its own files; open it to see why'],
  ];

  it.each(cases)('tell when %s', (_when, change, mood, line) => {
    const state = change && { ...ALL_WELL, ...change };
    expect(moodOf(state)).toBe(mood);
    expect(statusLine(state)).toBe(line);
    expect(trayMenu(state)[0]).toEqual({ kind: 'line', label: line });
  });
});

describe('the menu', () => {
  it('has a submenu for each key with its age, and the ways into the app at the end', () => {
    expect(labels(trayMenu(ALL_WELL))).toEqual([
      'All 4 keys are in order',
      '-',
      'work · BitScale · 3 days old',
      'wallet · Lightning Faucet · new today',
      'logs production · Log10x · 411 days old',
      'market · a2amarket · 20 days old',
      ...END,
    ]);
  });

  it('has the pages for practice and settings', () => {
    const actions = trayMenu(ALL_WELL).flatMap((item) => (item.kind === 'item' ? [[item.label, item.action]] : []));
    expect(actions).toContainEqual(['Practice…', { do: 'open', route: '/practice' }]);
    expect(actions).toContainEqual(['Settings…', { do: 'open', route: '/settings' }]);
  });

  it('shows of too many keys those that need something first, in the order of the list, and the way to all', () => {
    const [work] = credentials();
    if (!work) throw new Error('no key');
    const many = Array.from({ length: 40 }, (_, n) => ({ ...work, id: `c${n}`, name: `key ${n}`, age: n }));
    const state = (n: number, change: Partial<typeof work>) =>
      many.map((one, at) => (at === n ? { ...one, ...change } : one));
    const names = (given: typeof many) =>
      trayMenu({ ...ALL_WELL, credentials: given }).flatMap((item) =>
        item.kind === 'submenu' ? [item.label.split(' · ')[0]] : [],
      );
    const oldest = Array.from({ length: 15 }, (_, n) => `key ${n + 25}`);
    expect(names(many)).toEqual(oldest);
    expect(names(state(0, { state: 'needs-you' }))).toEqual(['key 0', ...oldest.slice(1)]);
    expect(names(state(3, { due: true }))).toEqual(['key 3', ...oldest.slice(1)]);
    const last = trayMenu({ ...ALL_WELL, credentials: many }).findLast(
      (item) => item.kind === 'item' && item.label.startsWith('All'),
    );
    expect(last).toMatchObject({ label: 'All 40 keys…', action: { do: 'open', route: '/keys' } });
    expect(labels(trayMenu({ ...ALL_WELL, credentials: many.slice(0, 15) }))).not.toContain('All 15 keys…');
  });

  it('is short without keys, and still there when the core can’t be asked', () => {
    expect(labels(trayMenu({ ...ALL_WELL, credentials: [] })).slice(1)).toEqual(END);
    expect(labels(trayMenu(null)).slice(1)).toEqual(END);
  });

  it('says in words how a key stands', () => {
    const [work] = credentials();
    if (!work) throw new Error('no key');
    const label = (state: typeof work.state) => labels(trayMenu({ ...ALL_WELL, credentials: [{ ...work, state }] }))[2];
    expect(label('ok')).toBe('work · BitScale · 3 days old');
    expect(label('rotating')).toBe('work · BitScale · 3 days old (rotating)');
    expect(label('needs-you')).toBe('work · BitScale · 3 days old (needs you)');
    expect(label('locked')).toBe('work · BitScale · 3 days old (locked)');
  });

  it('names the key in each item, and lets all be clicked when all is well', () => {
    const menu = trayMenu(ALL_WELL).find((item) => item.kind === 'submenu');
    expect(menu?.kind === 'submenu' && labels(menu.items)).toEqual([
      'Rotate “work”…',
      'Verify “work”',
      'Copy the key of “work”',
    ]);
    expect(enabled(ALL_WELL, 'work')).toEqual([true, true, true]);
  });

  it('offers no second rotation of a key that is asked for, or rotates', () => {
    expect(enabled({ ...ALL_WELL, requests: [request] }, 'work')).toEqual([false, true, true]);
    expect(enabled({ ...ALL_WELL, requests: [request] }, 'wallet')).toEqual([true, true, true]);
    const rotating = credentials().map((one) => ({ ...one, state: 'rotating' as const }));
    expect(enabled({ ...ALL_WELL, credentials: rotating }, 'work')).toEqual([false, true, true]);
  });

  it('offers nothing that needs a key while the keychain is locked', () => {
    expect(enabled({ ...ALL_WELL, keychain: 'locked' }, 'work')).toEqual([false, false, false]);
  });

  it('offers what is due, a rotation only where it can be asked for', () => {
    const menu = trayMenu({ ...ALL_WELL, due: [workDue, walletDue, oldKey] });
    const items = menu.slice(2, 5).map((item) => item.kind === 'item' && [item.label, item.enabled, item.action]);
    expect(items).toEqual([
      ['Rotate “work”, 93 days old…', true, { do: 'rotate', credential: workDue.credential }],
      ['Rotate “wallet”, 1 day old…', true, { do: 'rotate', credential: walletDue.credential }],
      ['Revoke the old key of “wallet”…', true, { do: 'open', route: `/rotation/${stuck.id}` }],
    ]);
    const asked = trayMenu({ ...ALL_WELL, due: [workDue], requests: [request] });
    const rotate = asked.find((item) => item.kind === 'item' && item.label.startsWith('Rotate “work”,'));
    expect(rotate).toMatchObject({ enabled: false });
  });

  it('puts a reminder off for the key that is due, and for no other', () => {
    const menu = trayMenu({ ...ALL_WELL, due: [workDue] });
    const offers = menu.flatMap((item) => (item.kind === 'submenu' ? labels(item.items) : [])).filter(isSnooze);
    expect(offers).toEqual(['Remind me of “work” in a week']);
  });

  it('lists what is to do, the requests first', () => {
    const restarts = [
      { host: 'Claude Desktop', reload: 'restart-host', rotationId: running.id, name: 'work' },
      { host: 'VS Code', reload: 'restart-server', rotationId: running.id, name: 'work' },
    ] as const;
    const menu = trayMenu({ ...ALL_WELL, requests: [other], stuck: [stuck], running: [running], restarts });
    expect(labels(menu).slice(1, 7)).toEqual([
      '-',
      'Decide: rotate “wallet”?',
      'Go on with “wallet”…',
      'See how “work” is rotated',
      'Restart Claude Desktop for “work”',
      'Restart the servers of VS Code for “work”',
    ]);
    const actions = menu.slice(2, 7).map((item) => item.kind === 'item' && item.action);
    expect(actions).toEqual([
      { do: 'show-request', id: other.id },
      { do: 'open', route: `/rotation/${stuck.id}` },
      ...Array(3).fill({ do: 'open', route: `/rotation/${running.id}` }),
    ]);
  });

  it('reaches Electron in the person’s words, with every & as a letter and every click in its place', () => {
    const run = vi.fn();
    const action = { do: 'quit' } as const;
    const template = menuTemplate(
      [
        { kind: 'line', label: 'Black & white' },
        { kind: 'separator' },
        { kind: 'submenu', label: 'More', items: [{ kind: 'item', label: 'Quit', enabled: true, action }] },
        { kind: 'item', label: 'Grey', enabled: false, action },
      ],
      run,
      (label) => (label === 'Grey' ? '灰色' : label),
    );
    expect(template).toMatchObject([
      { label: 'Black && white', enabled: false },
      { type: 'separator' },
      { label: 'More', submenu: [{ label: 'Quit', enabled: true }] },
      { label: '灰色', enabled: false },
    ]);
    const [, , submenu] = template;
    const [item] = Array.isArray(submenu?.submenu) ? submenu.submenu : [];
    (item?.click as (() => void) | undefined)?.();
    expect(run).toHaveBeenCalledExactlyOnceWith(action);
  });
});

describe('a host that needs a restart', () => {
  const ended = rotationOf(request, 'ended');
  const before = rotationOf(other, 'ended');

  it('is named once, with its newest rotation', () => {
    expect(restartsDue([ended, before], hosts())).toEqual([
      { host: 'Claude Desktop', reload: 'restart-host', rotationId: ended.id, name: 'work' },
    ]);
  });

  it('is named when nobody knows whether it runs, and not when it doesn’t', () => {
    const running = (value: boolean | null) => hosts().map((host) => ({ ...host, running: value }));
    expect(restartsDue([ended], running(null))).toHaveLength(1);
    expect(restartsDue([ended], running(false))).toEqual([]);
  });

  it.each(['quit', 'done'] as const)('is not named when Rekey sees to it (%s)', (state) => {
    const restarts = ended.restarts.map((one) => ({ ...one, state }));
    expect(restartsDue([{ ...ended, restarts }], hosts())).toEqual([]);
  });
});

describe('the icons', () => {
  const folder = join(import.meta.dirname, '../../build/icons/tray');
  const moods: TrayMood[] = ['idle', 'due', 'busy', 'locked', 'attention'];

  it.each(moods)('are there for %s, in two sizes, as a template and with a ground', async (mood) => {
    for (const kind of ['', 'Template']) {
      expect(existsSync(join(folder, `${mood}${kind}.svg`))).toBe(true);
      for (const [scale, pixels] of [
        ['', 16],
        ['@2x', 32],
      ] as const) {
        const png = await readFile(join(folder, `${mood}${kind}${scale}.png`));
        expect(png.subarray(1, 4).toString()).toBe('PNG');
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([pixels, pixels]);
      }
    }
  });

  it('are all different', async () => {
    const pictures = await Promise.all(moods.map((mood) => readFile(join(folder, `${mood}Template.png`), 'base64')));
    expect(new Set(pictures).size).toBe(moods.length);
  });
});
