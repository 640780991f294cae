import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { CONFIRMATION_WINDOW_CALLS, MAIN_WINDOW_CALLS } from '../../preload/names.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { boot } from './boot.ts';
import { CALL_CHANNEL, invoke, pageIn } from './page-double.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let file: string;

beforeEach(async () => {
  service = await startBitscale();
  sandbox = await openSandbox({ shell: 'electron', desktop: true });
  file = join(sandbox.home, '.claude.json');
  await writeFile(
    file,
    JSON.stringify({ mcpServers: { one: { command: 'npx', env: { BITSCALE_API_KEY: service.key } } } }),
  );
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

async function clickRotate() {
  const { electron } = await boot({ core: sandbox.rekey.core });
  electron.menu.click('Rotate “work”…');
  await vi.waitFor(() => electron.windowOf('confirmation.html'));
  const window = electron.windowOf('confirmation.html');
  const page = pageIn(electron, window, CONFIRMATION_WINDOW_CALLS);
  const id = new URL(window.loaded[0] ?? '').searchParams.get('id') ?? '';
  const answer = await page.call('getApproval', { id });
  if ('failure' in answer) throw new Error(answer.failure.message);
  return { electron, window, page, approval: answer.result as Approval };
}

it('a click in the tray, the confirmation in its window, and the new key stands in the host’s file', async () => {
  const old = service.key;
  const { electron, page, approval } = await clickRotate();
  expect(approval).toMatchObject({ state: 'waiting', requester: { via: 'tray' } });
  expect(service.rotations).toBe(0);
  const ended = new Promise<void>((resolve) => {
    page.on((event) => event.name === 'rotation' && event.payload.step === 'ended' && resolve());
  });
  const { id, plan } = approval;
  expect(await page.call('approve', { id, planHash: plan.hash })).toMatchObject({
    result: { state: 'approved', decidedBy: 'confirmation-window' },
  });
  await ended;
  expect(service.key).not.toBe(old);
  expect(JSON.parse(await readFile(file, 'utf8')).mcpServers.one.env.BITSCALE_API_KEY).toBe(service.key);
  await vi.waitFor(() => expect(electron.tray.toolTip).toBe('Rekey: Your key is in order'));
});

it('the main window can’t confirm, by its bridge or past it, and the request still waits', async () => {
  const { electron, page, approval } = await clickRotate();
  electron.menu.click('Open Rekey');
  const main = electron.windowOf('index.html');
  const input = { id: approval.id, planHash: approval.plan.hash };
  expect(await pageIn(electron, main, MAIN_WINDOW_CALLS).call('approve', input)).toHaveProperty('failure');
  expect(await invoke(electron, main, main.webContents.mainFrame, CALL_CHANNEL, 'approve', input)).toMatchObject({
    failure: { code: 'approval-not-here' },
  });
  expect(await page.call('getApproval', { id: approval.id })).toMatchObject({ result: { state: 'waiting' } });
  expect(service.rotationRequests).toBe(0);
});

it('closing the confirmation is a no: nothing is asked of the service, and no byte changes', async () => {
  const before = await readFile(file);
  const { window, approval } = await clickRotate();
  window.close();
  await vi.waitFor(async () => {
    const { state } = await sandbox.call('getApproval', { id: approval.id });
    expect(state).toBe('denied');
  });
  expect(service.rotationRequests).toBe(0);
  expect(await readFile(file)).toEqual(before);
});

it('a rotation that a command line asks for is confirmed in the window too, and nowhere else', async () => {
  const { electron } = await boot({ core: sandbox.rekey.core, byBridge: true });
  const { id, plan } = await sandbox.call('requestRotation', { credential: 'work' }, 'terminal');
  expect(electron.windowOf('confirmation.html').loaded[0]).toContain(id);
  for (const carrier of ['terminal', 'script', 'page', 'tray', 'window'] as const) {
    await expect(sandbox.call('approve', { id, planHash: plan.hash }, carrier)).rejects.toMatchObject({
      code: 'approval-not-here',
    });
  }
});
