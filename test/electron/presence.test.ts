import { expect, it, vi } from 'vitest';
import { CONFIRMATION_WINDOW_CALLS } from '../../preload/names.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { prepare } from './boot.ts';
import { pageIn } from './page-double.ts';

/** The shell of a Mac, with a request that waits in its window. */
async function onMac(touchId: boolean | null, platform: 'darwin' | 'win32' = 'darwin') {
  const core = new ScriptedCore();
  const { electron } = await prepare({ core });
  electron.touchId = touchId;
  const { startElectronShell } = await import('../../main/shells/electron/electron-shell.ts');
  await startElectronShell({ core, platform, built: '/built' });
  const { id, plan } = core.ask(AGENT);
  const page = pageIn(electron, electron.windowOf('confirmation.html'), CONFIRMATION_WINDOW_CALLS);
  return { electron, core, page, id, input: { id, planHash: plan.hash } };
}

it('a confirmation counts after Touch ID', async () => {
  const { electron, core, page, input } = await onMac(true);
  expect(await page.call('approve', input)).toMatchObject({ result: { state: 'approved' } });
  expect(electron.touchIdReasons).toEqual(['confirm the rotation']);
  expect(core.inputsOf('approve')).toEqual([input]);
});

it('without the right finger nothing is approved, and the request still waits', async () => {
  const { core, page, input } = await onMac(false);
  const several = { batch: 'any', approvals: [input] };
  expect(await page.call('approve', input)).toMatchObject({ failure: { code: 'touch-id-refused' } });
  expect(await page.call('approveBatch', several)).toHaveProperty('failure');
  expect(core.inputsOf('approve')).toEqual([]);
  expect(core.inputsOf('approveBatch')).toEqual([]);
  expect(core.approvals[0]?.state).toBe('waiting');
});

it('a no, and a look, need no finger', async () => {
  const { electron, page, id } = await onMac(false);
  expect(await page.call('getApproval', { id })).toHaveProperty('result');
  expect(await page.call('deny', { id })).toHaveProperty('result');
  expect(electron.touchIdReasons).toEqual([]);
});

it.each([
  ['a Mac without Touch ID', null, 'darwin'],
  ['another system', false, 'win32'],
] as const)('%s confirms by the click alone', async (_what, touchId, platform) => {
  const { electron, page, input } = await onMac(touchId, platform);
  expect(await page.call('approve', input)).toHaveProperty('result');
  expect(electron.touchIdReasons).toEqual([]);
});

it('on Windows notifications are Rekey’s by its own name', async () => {
  const { electron } = await prepare();
  const { setAppId } = await import('../../main/shells/electron/app-id.ts');
  setAppId('darwin');
  expect(electron.app.appUserModelId).toBeNull();
  setAppId('win32');
  expect(electron.app.appUserModelId).toBe('app.rekey.desktop');
});

it('after a rotation by hand is confirmed, its page opens with the field for the key, once', async () => {
  const { electron, core, page, input } = await onMac(null);
  const [asked] = core.approvals;
  if (!asked) throw new Error('nobody has asked');
  core.changeApproval(input.id, { plan: { ...asked.plan, way: 'by-hand' } });
  await page.call('approve', input);
  const rotation = core.rotations[0];
  expect(rotation).toMatchObject({ way: 'by-hand', offers: expect.arrayContaining(['paste-key']) });
  const opened = () => electron.windowOf('index.html').loaded;
  await vi.waitFor(() => expect(opened()).toEqual([`app://rekey/index.html#/rotation/${rotation?.id}`]));
  if (rotation) core.putRotation(rotation);
  expect(opened()).toHaveLength(1);
});

it('a rotation by hand of an earlier run opens nothing by itself, nor does any other', async () => {
  const { electron, core, page, input } = await onMac(null);
  const { ends } = await import('../e2e/scripted/rotation.ts');
  core.putRotation(ends['by-hand'](core.ask(AGENT, 'wallet')));
  await page.call('approve', input);
  await vi.waitFor(() => expect(core.rotations.some(({ step }) => step === 'ended')).toBe(true));
  expect(electron.windows.every(({ loaded }) => loaded[0]?.includes('confirmation.html'))).toBe(true);
});
