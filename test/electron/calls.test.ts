import { describe, expect, it } from 'vitest';
import { CONFIRMATION_WINDOW_CALLS, MAIN_WINDOW_CALLS } from '../../preload/names.ts';
import { AGENT } from '../approvals/plan-double.ts';
import type { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { type Booted, boot } from './boot.ts';
import { FrameDouble, type WindowDouble } from './electron-double.ts';
import { CALL_CHANNEL, EVENT_CHANNEL, invoke, pageIn } from './page-double.ts';

const REFUSED = { failure: { code: 'sender-refused' } };

interface Opened extends Booted<ScriptedCore> {
  readonly main: WindowDouble;
  readonly confirmation: WindowDouble;
  readonly id: string;
}

async function open(): Promise<Opened> {
  const booted = await boot();
  const { id } = booted.core.ask(AGENT);
  const { electron } = booted;
  const main = electron.windowOf('index.html');
  return { ...booted, id, main, confirmation: electron.windowOf('confirmation.html') };
}

function frameAt(address: string): FrameDouble {
  const frame = new FrameDouble();
  frame.goTo(address);
  return frame;
}

describe('a page’s call', () => {
  it('reaches the core as its window’s, and its answer comes back', async () => {
    const { electron, core, main, confirmation, id } = await open();
    expect(await pageIn(electron, main, MAIN_WINDOW_CALLS).call('listCredentials', {})).toEqual({
      result: core.credentials,
    });
    expect(core.asked.at(-1)).toMatchObject({ name: 'listCredentials', caller: { carrier: 'window' } });
    expect(await pageIn(electron, confirmation, CONFIRMATION_WINDOW_CALLS).call('getApproval', { id })).toMatchObject({
      result: { id, state: 'waiting' },
    });
    expect(core.asked.at(-1)?.caller.carrier).toBe('confirmation-window');
  });

  it('that fails brings the whole failure back', async () => {
    const { electron, core, main } = await open();
    const failure = { code: 'keychain-locked', message: 'The keychain is locked.', wayOut: 'Unlock it.' };
    core.failing.set('copyKey', failure);
    const page = pageIn(electron, main, MAIN_WINDOW_CALLS);
    expect(await page.call('copyKey', { credential: 'work' })).toEqual({ failure });
  });

  it('that goes wrong inside brings no unvetted word back', async () => {
    const { electron, core, main } = await open();
    core.callUntyped = async () => {
      throw new TypeError('a detail with sk-live-secret in it');
    };
    const answer = await pageIn(electron, main, MAIN_WINDOW_CALLS).call('getStatus', {});
    expect(answer).toMatchObject({ failure: { code: 'internal' } });
    expect(JSON.stringify(answer)).not.toContain('sk-live');
  });

  it.each([
    ['a number', 7],
    ['an object', { toString: 'approve' }],
    ['nothing', undefined],
    ['a made-up name', 'eval'],
  ])('whose name is %s is refused', async (_what, name) => {
    const { electron, main } = await open();
    expect(await invoke(electron, main, main.webContents.mainFrame, CALL_CHANNEL, name, {})).toMatchObject({
      failure: { code: 'unknown-call' },
    });
  });

  it('is checked against the contract', async () => {
    const { electron, main } = await open();
    const page = pageIn(electron, main, MAIN_WINDOW_CALLS);
    expect(await page.call('copyKey', { credential: 7 })).toMatchObject({ failure: { code: 'bad-input' } });
  });
});

describe('the main window', () => {
  it('can’t approve through its bridge', async () => {
    const { electron, core, main, id } = await open();
    const page = pageIn(electron, main, MAIN_WINDOW_CALLS);
    const answer = await page.call('approve', { id, planHash: core.approvals[0]?.plan.hash });
    expect(answer).toMatchObject({ failure: { code: 'call-not-allowed' } });
    expect(core.inputsOf('approve')).toEqual([]);
  });

  it('is still the main window to the core when its page gets past its bridge', async () => {
    const { electron, core, main, id } = await open();
    await invoke(electron, main, main.webContents.mainFrame, CALL_CHANNEL, 'approve', {
      id,
      planHash: core.approvals[0]?.plan.hash,
      carrier: 'confirmation-window',
    });
    // Whom the core lets approve is the core's own: test/approvals/policy.test.ts.
    const approve = core.asked.find(({ name }) => name === 'approve');
    expect(approve).toMatchObject({ caller: { carrier: 'window' } });
  });
});

it('the confirmation window can ask for nothing but what a confirmation needs', async () => {
  const { electron, core, confirmation } = await open();
  const frame = confirmation.webContents.mainFrame;
  for (const name of MAIN_WINDOW_CALLS) {
    if (CONFIRMATION_WINDOW_CALLS.some((allowed) => allowed === name)) continue;
    const before = core.asked.length;
    const bridged = await pageIn(electron, confirmation, CONFIRMATION_WINDOW_CALLS).call(name, {});
    expect(bridged, name).toMatchObject({ failure: { code: 'call-not-allowed' } });
    expect(core.asked, name).toHaveLength(before);
    const raw = await invoke(electron, confirmation, frame, CALL_CHANNEL, name, {});
    expect(raw, name).toMatchObject({ failure: { code: 'call-not-allowed' } });
  }
});

describe('a message is refused', () => {
  const foreign: [string, (opened: Opened) => FrameDouble | null][] = [
    ['of a frame that is gone', () => null],
    ['of another origin', () => frameAt('https://example.com/index.html')],
    ['of a file', () => frameAt('file:///index.html')],
    ['of another host of our scheme', () => frameAt('app://other/index.html')],
    ['of another page of ours', () => frameAt('app://rekey/confirmation.html?id=1')],
    ['of something else at our origin', () => frameAt('app://rekey/assets/index.js')],
    [
      'of a frame that says our address and has another origin',
      () => Object.assign(frameAt('app://rekey/index.html'), { origin: 'null' }),
    ],
    [
      'of a frame inside our page',
      ({ main }) => Object.assign(frameAt('app://rekey/index.html'), { parent: main.webContents.mainFrame }),
    ],
    ['of a destroyed frame', () => Object.assign(frameAt('app://rekey/index.html'), { destroyed: true })],
    ['of a detached frame', () => Object.assign(frameAt('app://rekey/index.html'), { detached: true })],
  ];

  it.each(foreign)('%s', async (_title, frameOf) => {
    const opened = await open();
    const { electron, core, main } = opened;
    const before = core.asked.length;
    expect(await invoke(electron, main, frameOf(opened), CALL_CHANNEL, 'listCredentials', {})).toMatchObject(REFUSED);
    expect(core.asked).toHaveLength(before);
  });

  it('of a window that is not ours, even at our address', async () => {
    const { electron, core } = await open();
    const { BrowserWindow } = electron.module as { BrowserWindow: new (options: object) => WindowDouble };
    const stranger = new BrowserWindow({});
    await stranger.loadURL('app://rekey/index.html');
    const before = core.asked.length;
    const frame = stranger.webContents.mainFrame;
    expect(await invoke(electron, stranger, frame, CALL_CHANNEL, 'listCredentials', {})).toMatchObject(REFUSED);
    expect(core.asked).toHaveLength(before);
  });

  it('of a window that is closed', async () => {
    const { electron, main } = await open();
    main.close();
    const frame = frameAt('app://rekey/index.html');
    expect(await invoke(electron, main, frame, CALL_CHANNEL, 'listCredentials', {})).toMatchObject(REFUSED);
  });
});

it('there is one channel in, and no other', async () => {
  const { electron } = await boot();
  expect([...electron.calls.keys()]).toEqual([CALL_CHANNEL]);
});

it('an event of the core reaches every window, until its listener lets go', async () => {
  const { electron, core, main, confirmation } = await open();
  const heard: string[] = [];
  const stop = pageIn(electron, main, MAIN_WINDOW_CALLS).on(({ name }) => heard.push(`main ${name}`));
  pageIn(electron, confirmation, CONFIRMATION_WINDOW_CALLS).on(({ name }) => heard.push(`confirmation ${name}`));
  core.emit({ name: 'changed', payload: { topic: 'hosts' } });
  expect(heard).toEqual(['main changed', 'confirmation changed']);
  stop();
  core.emit({ name: 'changed', payload: { topic: 'hosts' } });
  expect(heard).toEqual(['main changed', 'confirmation changed', 'confirmation changed']);
  expect(main.webContents.sent.at(-1)?.channel).toBe(EVENT_CHANNEL);
});
