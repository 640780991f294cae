import { describe, expect, it, vi } from 'vitest';
import type { Requester } from '../../main/approvals/approval.schema.ts';
import { approvalWords } from '../../main/shells/electron/notifications/approval-words.ts';
import { rotationWords } from '../../main/shells/electron/notifications/rotation-words.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { ends, rotationOf } from '../e2e/scripted/rotation.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { boot } from './boot.ts';

const TRAY: Requester = { via: 'tray', program: 'Rekey', pid: 1, client: null };
const TERMINAL: Requester = { via: 'command-line', program: 'zsh', pid: 1, client: null };

describe('a request', () => {
  it('of an agent is told, and a click brings its confirmation to the front', async () => {
    const { electron, core } = await boot({ byBridge: true });
    core.ask(AGENT);
    expect(electron.notifications).toMatchObject([{ title: 'Rotate “work”?', shown: 1 }]);
    expect(electron.notifications[0]?.body).toContain(AGENT.client?.name ?? '');
    const window = electron.windowOf('confirmation.html');
    await vi.waitFor(() => expect(window.focused).toBe(1));
    electron.notifications[0]?.emit('click');
    expect(window.focused).toBe(2);
  });

  it('of a command line is told, and one of the person’s own click is before their eyes', async () => {
    const { electron, core } = await boot({ byBridge: true });
    core.ask(TERMINAL);
    core.ask(TRAY, 'wallet');
    core.ask({ ...TRAY, via: 'page' }, 'market');
    expect(electron.notifications.map(({ title }) => title)).toEqual(['Rotate “work”?']);
  });

  it.each(['approved', 'denied', 'expired', 'withdrawn'] as const)('that is %s is told no more', async (state) => {
    const { electron, core } = await boot({ byBridge: true });
    const { id } = core.ask(AGENT);
    core.changeApproval(id, { state });
    expect(electron.notifications).toMatchObject([{ closed: true }]);
    expect(electron.notifications).toHaveLength(1);
  });

  it('for several keys is one notification, which goes when all are decided', async () => {
    const { electron, core } = await boot({ byBridge: true });
    const { approvals } = core.askTogether(AGENT, ['work', 'wallet']);
    expect(electron.notifications.map(({ title, closed }) => [title, closed])).toEqual([
      ['Rotate “work”?', true],
      ['Rotate 2 keys?', false],
    ]);
    for (const [at, { id }] of approvals.entries()) {
      core.changeApproval(id, { state: 'approved' });
      expect(electron.notifications.at(-1)?.closed).toBe(at === approvals.length - 1);
    }
  });

  it('names the program where the client does not name itself', () => {
    const { plan } = new ScriptedCore().ask(AGENT);
    expect(approvalWords({ requester: TERMINAL, plan }, 1).body).toMatch(/^zsh asks/);
    expect(approvalWords({ requester: { ...TERMINAL, program: null }, plan }, 1).body).toMatch(/^A program asks/);
  });
});

describe('a rotation', () => {
  const approval = new ScriptedCore().ask(AGENT);
  const done = rotationOf(approval, 'ended');

  it.each([
    ['runs', rotationOf(approval, 'staged'), null],
    ['is done', { ...done, restarts: [] }, null],
    [
      'is done, and a host still has the old key',
      done,
      { title: '“work” was rotated', body: 'Restart Claude Desktop, so that the new key is used.' },
    ],
    ['was stopped', ends.stopped(approval), { title: '“work” was not rotated' }],
    ['lost its key', ends.lost(approval), { title: 'The new key of “work” did not arrive' }],
    ['waits', ends.waiting(approval), { title: 'The rotation of “work” needs you' }],
  ])('that %s is told so', (_how, rotation, words) => {
    if (words === null) expect(rotationWords(rotation)).toBeNull();
    else expect(rotationWords(rotation)).toMatchObject(words);
  });

  it('with files left says how many', () => {
    const rotation = ends['done-in-part'](approval);
    const left = rotation.sites.filter(({ state }) => state === 'to-do').length;
    expect(left).toBeGreaterThan(0);
    expect(rotationWords(rotation)).toMatchObject({
      title: '“work” was rotated, and not all is done',
      body: left === 1 ? 'Left to do: one place where the old key stands.' : expect.stringContaining(`${left} places`),
    });
  });

  it('that needs the person is told once, and a click opens its page', async () => {
    const { electron, core } = await boot({ byBridge: true });
    const rotation = ends.waiting(approval);
    core.putRotation(rotation);
    core.putRotation({ ...rotation, updatedAt: new Date().toISOString() });
    expect(electron.notifications).toHaveLength(1);
    electron.notifications[0]?.emit('click');
    await vi.waitFor(() =>
      expect(electron.windowOf('index.html').loaded).toEqual([`app://rekey/index.html#/rotation/${rotation.id}`]),
    );
    core.putRotation({ ...rotation, waiting: null, step: 'staged' });
    core.putRotation(rotation);
    expect(electron.notifications).toHaveLength(2);
  });

  it('is not told while the person looks at Rekey', async () => {
    const { electron, core } = await boot();
    electron.focusedWindow = electron.windowOf('index.html');
    core.putRotation(ends.waiting(approval));
    expect(electron.notifications).toEqual([]);
  });

  it('that goes on is told no more', async () => {
    const { electron, core } = await boot();
    const rotation = ends.waiting(approval);
    core.putRotation(rotation);
    core.putRotation({ ...rotation, waiting: null, step: 'staged' });
    expect(electron.notifications).toMatchObject([{ closed: true }]);
  });
});

it('no notification holds a key or a file', async () => {
  const core = new ScriptedCore();
  const { electron } = await boot({ core, byBridge: true });
  const asked = core.ask(AGENT);
  for (const end of Object.values(ends)) core.putRotation(end(asked));
  core.makeDue('work', 93);
  expect(electron.notifications.length).toBeGreaterThan(3);
  for (const { title, body } of electron.notifications)
    expect(`${title} ${body}`).not.toMatch(/sk-|••|\/home\/|\.json/);
});
