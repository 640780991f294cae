import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { AGENT } from '../approvals/plan-double.ts';
import { ends, rotationOf } from '../e2e/scripted/rotation.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { boot, prepare } from './boot.ts';

const icon = (name: string) => join(import.meta.dirname, '../../main/icons', `${name}.png`);
const failure = {
  code: 'keychain-locked',
  message: 'The keychain is locked. Nothing was changed.',
  wayOut: 'Unlock it.',
};

describe('a click on', () => {
  it('Rotate asks for the rotation as the tray, and opens its confirmation', async () => {
    const { electron, core } = await boot();
    electron.menu.click('Rotate “wallet”…');
    await vi.waitFor(() => expect(core.approvals).toHaveLength(1));
    expect(core.approvals[0]).toMatchObject({
      state: 'waiting',
      requester: { via: 'tray' },
      plan: { target: { name: 'wallet' } },
    });
    expect(electron.windowOf('confirmation.html').loaded).toEqual([
      `app://rekey/confirmation.html?id=${core.approvals[0]?.id}`,
    ]);
    expect(core.rotations).toEqual([]);
  });

  it('Verify asks the service and tells what it said', async () => {
    const { electron, core } = await boot();
    electron.menu.click('Verify “work”');
    await vi.waitFor(() => expect(electron.boxes).toHaveLength(1));
    expect(core.asked).toContainEqual(
      expect.objectContaining({ name: 'verifyCredential', caller: expect.objectContaining({ carrier: 'tray' }) }),
    );
    expect(electron.boxes[0]).toMatchObject({
      type: 'info',
      message: '“work” works.',
      detail: 'BitScale accepts this key for Northwind.',
    });
    electron.menu.click('Verify “market”');
    await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
    expect(electron.boxes[1]).toMatchObject({ type: 'warning', message: 'a2amarket refuses “market”.' });
  });

  it('Copy copies the key of just that credential, and says so without it', async () => {
    const { electron, core } = await boot();
    electron.menu.click('Copy the key of “market”');
    await vi.waitFor(() => expect(core.inputsOf('copyKey')).toHaveLength(1));
    const market = core.credentials.find(({ name }) => name === 'market');
    expect(core.inputsOf('copyKey')).toEqual([{ credential: market?.id }]);
    await vi.waitFor(() => expect(electron.notifications).toHaveLength(1));
    expect(electron.notifications[0]).toMatchObject({
      title: 'The key of “market” was copied',
      body: 'It leaves the clipboard after 30 seconds.',
    });
    expect(electron.boxes).toEqual([]);
  });

  it('Decide brings the request’s window to the front', async () => {
    const { electron, core } = await boot();
    core.ask(AGENT);
    await vi.waitFor(() => expect(electron.menu.labels).toContain('Decide: rotate “work”?'));
    const window = electron.windowOf('confirmation.html');
    const before = window.focused;
    electron.menu.click('Decide: rotate “work”?');
    expect(window.focused).toBe(before + 1);
    expect(electron.windows).toHaveLength(2);
  });

  it.each([
    ['Go on with “work”…', 'waiting'],
    ['See how “work” is rotated', 'running'],
    ['Restart Claude Desktop for “work”', 'ended'],
  ] as const)('“%s” opens the main window at the rotation', async (label, how) => {
    const core = new ScriptedCore();
    const approval = core.changeApproval(core.ask(AGENT).id, { state: 'approved' });
    const rotation = {
      waiting: ends.waiting,
      running: () => rotationOf(approval, 'staged'),
      ended: () => rotationOf(approval, 'ended'),
    };
    const { id } = core.putRotation(rotation[how](approval));
    const { electron } = await boot({ core });
    electron.menu.click(label);
    await vi.waitFor(() =>
      expect(electron.windowOf('index.html').loaded).toEqual([
        'app://rekey/index.html',
        `app://rekey/index.html#/rotation/${id}`,
      ]),
    );
  });

  it('Open Rekey opens the main window, and Quit ends the app', async () => {
    const { electron } = await boot({ byBridge: true });
    electron.menu.click('Open Rekey');
    expect(electron.windowOf('index.html').loaded).toEqual(['app://rekey/index.html']);
    electron.menu.click('Quit Rekey');
    await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  });

  it('any item that fails tells what failed and what to do', async () => {
    const { electron, core } = await boot();
    for (const name of ['requestRotation', 'verifyCredential', 'copyKey'] as const) core.failing.set(name, failure);
    for (const label of ['Rotate “work”…', 'Verify “work”', 'Copy the key of “work”']) {
      electron.boxes.length = 0;
      electron.menu.click(label);
      await vi.waitFor(() => expect(electron.boxes).toHaveLength(1));
      expect(electron.boxes[0], label).toMatchObject({
        type: 'error',
        message: failure.message,
        detail: failure.wayOut,
      });
    }
  });

  it('every other item does something too: none is left without a click', async () => {
    const core = new ScriptedCore();
    core.ask(AGENT, 'work');
    core.putRotation(ends.waiting(core.ask(AGENT, 'wallet')));
    core.putRotation(rotationOf(core.ask(AGENT, 'market'), 'ended'));
    const { electron } = await boot({ core });
    for (const item of electron.menu.all) {
      if (item.type === 'separator' || item.submenu) continue;
      // Only the first line is there to be read.
      expect(item.click === undefined, item.label).toBe(item === electron.menu.items[0]);
    }
  });

  it('the icon itself opens the main window', async () => {
    const { electron } = await boot({ byBridge: true });
    electron.tray.emit('click');
    expect(electron.windowOf('index.html').loaded).toHaveLength(1);
  });
});

describe('the tray', () => {
  it('shows how things stand from its start, and again after each change', async () => {
    const { electron, core } = await boot();
    expect(electron.tray).toMatchObject({ toolTip: 'Rekey: All 4 keys are in order', image: { path: icon('idle') } });
    const approval = core.ask(AGENT);
    await vi.waitFor(() => expect(electron.tray.image.path).toBe(icon('attention')));
    expect(electron.tray.toolTip).toBe('Rekey: Waiting for you: rotate “work”?');
    core.changeApproval(approval.id, { state: 'approved' });
    core.putRotation(rotationOf(approval, 'requested'));
    await vi.waitFor(() => expect(electron.tray.image.path).toBe(icon('busy')));
    core.putRotation(rotationOf(approval, 'ended', { id: core.rotations[0]?.id ?? '' }));
    await vi.waitFor(() => expect(electron.tray.image.path).toBe(icon('idle')));
    expect(electron.menu.labels).toContain('Restart Claude Desktop for “work”');
  });

  it('leaves an open menu alone when nothing in it has changed', async () => {
    const { electron, core } = await boot();
    const { menusSet } = electron.tray;
    const looks = core.inputsOf('listCredentials').length;
    core.emit({ name: 'changed', payload: { topic: 'activity' } });
    await vi.waitFor(() => expect(core.inputsOf('listCredentials').length).toBeGreaterThan(looks));
    await new Promise((resolve) => setImmediate(resolve));
    expect(electron.tray.menusSet).toBe(menusSet);
  });

  it('looks once more, not once each, when many events come at once, and shows the last of them', async () => {
    const { electron, core } = await boot();
    const looks = core.inputsOf('listCredentials').length;
    for (let age = 0; age < 50; age++) core.changeCredential('work', { state: age % 2 ? 'needs-you' : 'ok' });
    await vi.waitFor(() => expect(electron.menu.labels).toContain('work · BitScale · 3 days old (needs you)'));
    expect(core.inputsOf('listCredentials').length - looks).toBeLessThanOrEqual(3);
  });

  it('looks at the hosts’ files only when a rotation’s restarts are due', async () => {
    const core = new ScriptedCore();
    const approval = core.changeApproval(core.ask(AGENT).id, { state: 'approved' });
    const yesterday = new Date(Date.now() - 25 * 60 * 60_000).toISOString();
    core.putRotation(rotationOf(approval, 'ended', { updatedAt: yesterday }));
    const { electron } = await boot({ core });
    expect(core.inputsOf('listHosts')).toEqual([]);
    expect(electron.menu.labels.some((label) => label?.startsWith('Restart'))).toBe(false);
  });

  it('says so when the core can’t be asked, and is back when it can', async () => {
    const { electron, core } = await boot();
    core.failing.set('listCredentials', failure);
    core.emit({ name: 'changed', payload: { topic: 'credentials' } });
    await vi.waitFor(() => expect(electron.tray.toolTip).toContain('can’t read its own files'));
    expect(electron.menu.labels).toContain('Open Rekey');
    core.failing.clear();
    core.emit({ name: 'changed', payload: { topic: 'credentials' } });
    await vi.waitFor(() => expect(electron.tray.toolTip).toContain('in order'));
  });
});

describe('what is due', () => {
  it('shows in the icon, its tooltip and the badge, until it is done', async () => {
    const { electron, core } = await boot();
    expect(electron.app.badge).toBe(0);
    const reminder = core.makeDue('work', 93);
    await vi.waitFor(() => expect(electron.tray.image.path).toBe(icon('due')));
    expect(electron.tray).toMatchObject({ toolTip: 'Rekey: “work” is due to be rotated', title: '' });
    expect(electron.app.badge).toBe(1);
    electron.menu.click('Rotate “work”, 93 days old…');
    await vi.waitFor(() => expect(core.inputsOf('requestRotation')).toEqual([{ credential: reminder.credential.id }]));
    core.reminders = [];
    core.changeCredential('work', { due: false });
    await vi.waitFor(() => expect(electron.app.badge).toBe(0));
  });

  it('is put off by a click', async () => {
    const { electron, core } = await boot();
    const { credential } = core.makeDue('work', 93);
    await vi.waitFor(() => expect(electron.menu.labels).toContain('Remind me of “work” in a week'));
    electron.menu.click('Remind me of “work” in a week');
    await vi.waitFor(() => expect(electron.app.badge).toBe(0));
    expect(core.inputsOf('snoozeReminder')).toEqual([{ credential: credential.id }]);
  });

  it('is counted beside the icon on macOS', async () => {
    const core = new ScriptedCore();
    const { electron } = await prepare({ core });
    const { RekeyTray } = await import('../../main/shells/electron/tray/tray.ts');
    core.makeDue('work', 93);
    core.makeDue('wallet', 93);
    const tray = new RekeyTray({ core, platform: 'darwin', icons: '/icons', run: () => {} });
    await tray.refresh();
    expect(electron.tray.title).toBe('2');
    core.reminders = [];
    await tray.refresh();
    expect(electron.tray.title).toBe('');
  });
});

describe('by platform', () => {
  it('macOS gets a template icon, and a menu for the shortcuts of its windows', async () => {
    const { electron } = await prepare();
    const { trayIcon } = await import('../../main/shells/electron/tray/tray-icon.ts');
    const { setApplicationMenu } = await import('../../main/shells/electron/application-menu.ts');
    expect(trayIcon('/icons', 'busy', 'darwin')).toEqual({ path: '/icons/busyTemplate.png' });
    setApplicationMenu('darwin');
    expect(electron.applicationMenu?.items.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', 'windowMenu']);
  });

  it('a click on the icon opens no window on macOS, where it opens the menu', async () => {
    const { electron, core } = await prepare();
    const { RekeyTray } = await import('../../main/shells/electron/tray/tray.ts');
    const run = vi.fn();
    new RekeyTray({ core, platform: 'darwin', icons: '/icons', run });
    electron.tray.emit('click');
    expect(run).not.toHaveBeenCalled();
    expect(electron.tray.ignoresDoubleClicks).toBe(true);
  });

  it('elsewhere Electron’s own menu, with its tools for developers, goes away', async () => {
    const { electron } = await boot();
    expect(electron.applicationMenu).toBeNull();
  });
});
