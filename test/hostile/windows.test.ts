import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { CONFIRMATION_WINDOW_CALLS, MAIN_WINDOW_CALLS } from '../../preload/names.ts';
import { boot } from '../electron/boot.ts';
import { type ElectronDouble, FrameDouble, type WindowDouble } from '../electron/electron-double.ts';
import { CALL_CHANNEL, invoke, pageIn } from '../electron/page-double.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const REFUSED = { failure: { code: 'sender-refused' } };

let services: readonly FakeBitscale[];
let sandbox: Sandbox;
let electron: ElectronDouble;

beforeEach(async () => {
  services = await Promise.all(NAMES.map(() => startBitscale()));
  sandbox = await openSandbox({ shell: 'electron', desktop: true });
  for (const [index, name] of NAMES.entries()) {
    const { key = '', url = '' } = services[index] ?? {};
    await sandbox.call('addCredential', { name, provider: 'bitscale', key, baseUrl: url });
  }
  ({ electron } = await boot({ core: sandbox.rekey.core }));
});
afterEach(async () => {
  await sandbox.dispose();
  await Promise.all(services.map((service) => service.stop()));
});

const NAMES = ['one', 'two', 'three'] as const;

const ask = (credential: string): Promise<Approval> => sandbox.call('requestRotation', { credential }, 'agent');

function windowOf({ id }: Approval): WindowDouble {
  const window = electron.windows.find(({ loaded }) => loaded[0]?.endsWith(`confirmation.html?id=${id}`));
  if (!window) throw new Error('no window for that request');
  return window;
}

/** As a page could call that has got past its bridge. */
const call = (
  window: WindowDouble,
  name: string,
  input: unknown,
  frame = window.webContents.mainFrame,
): Promise<unknown> => invoke(electron, window, frame, CALL_CHANNEL, name, input);

const yes = ({ id, plan }: Approval) => ({ id, planHash: plan.hash });

async function expectWaiting(...approvals: readonly Approval[]): Promise<void> {
  for (const { id } of approvals) expect(await sandbox.call('getApproval', { id })).toMatchObject({ state: 'waiting' });
  expect(services.map(({ rotationRequests }) => rotationRequests)).toEqual([0, 0, 0]);
}

describe('a confirmation window', () => {
  it('can neither approve, deny nor read the request of another one', async () => {
    const [mine, other] = [await ask('one'), await ask('two')];
    const window = windowOf(mine);
    for (const [name, input] of [
      ['approve', yes(other)],
      ['deny', { id: other.id }],
      ['getApproval', { id: other.id }],
      ['approve', { ...yes(other), batch: mine.id }],
      ['approveBatch', { batch: mine.id, approvals: [yes(other)] }],
    ] as const)
      expect([name, await call(window, name, input)]).toMatchObject([name, REFUSED]);
    const page = pageIn(electron, window, CONFIRMATION_WINDOW_CALLS);
    expect(await page.call('approve', yes(other))).toMatchObject(REFUSED);
    await expectWaiting(mine, other);
    // And its own it can.
    expect(await page.call('deny', { id: mine.id })).toMatchObject({ result: { state: 'denied' } });
    expect(await page.call('getApproval', { id: mine.id })).toMatchObject({ result: { state: 'denied' } });
  });

  it('of several requests can decide these and no other', async () => {
    const { batch, approvals } = await sandbox.call('requestRotations', { credentials: ['one', 'two'] }, 'tray');
    const alone = await ask('three');
    const [first, second] = approvals;
    if (!first || !second) throw new Error('two were asked for');
    const window = windowOf(first);
    expect(await call(window, 'getBatch', { batch })).toMatchObject({ result: { batch } });
    expect(await call(window, 'getApproval', { id: second.id })).toMatchObject({ result: { state: 'waiting' } });
    expect(await call(window, 'approveBatch', { batch, approvals: [yes(first), yes(alone)] })).toMatchObject(REFUSED);
    expect(await call(windowOf(alone), 'approveBatch', { batch, approvals: [yes(first)] })).toMatchObject(REFUSED);
    expect(await call(windowOf(alone), 'getBatch', { batch })).toMatchObject(REFUSED);
    await expectWaiting(first, second, alone);
  });

  it('that is closed, has gone elsewhere or is not its own top frame can decide nothing', async () => {
    const approval = await ask('one');
    const window = windowOf(approval);
    const inside = Object.assign(new FrameDouble(), { parent: window.webContents.mainFrame });
    inside.goTo(window.loaded[0] ?? '');
    const elsewhere = new FrameDouble();
    elsewhere.goTo('https://evil.example/confirmation.html');
    for (const frame of [inside, elsewhere])
      expect(await call(window, 'approve', yes(approval), frame)).toMatchObject(REFUSED);
    await expectWaiting(approval);
    window.close();
    expect(await call(window, 'approve', yes(approval))).toMatchObject(REFUSED);
    await expect.poll(async () => (await sandbox.call('getApproval', { id: approval.id })).state).toBe('denied');
    expect(services[0]?.rotationRequests).toBe(0);
  });
});

it('the main window can approve nothing, whatever it says of itself', async () => {
  const approval = await ask('one');
  const main = electron.windowOf('index.html');
  expect(await pageIn(electron, main, MAIN_WINDOW_CALLS).call('approve', yes(approval))).toHaveProperty('failure');
  for (const more of [{}, { carrier: 'confirmation-window' }, { caller: { carrier: 'confirmation-window' } }])
    expect(await call(main, 'approve', { ...yes(approval), ...more })).toMatchObject({
      failure: { code: 'approval-not-here' },
    });
  await expectWaiting(approval);
});
