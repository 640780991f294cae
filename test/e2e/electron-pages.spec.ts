import { join } from 'node:path';
import { expect, type Page, test } from 'playwright/test';
import { rolldown } from 'rolldown';
import type { Caller } from '../../main/calls/caller.ts';
import { errorView } from '../../main/errors.ts';
import { pageAnswer } from '../../main/shells/electron/pages/page-answer.ts';
import type { BridgeAnswer } from '../../preload/bridge.ts';
import { agent } from './page-test.ts';
import { ScriptedCore } from './scripted/scripted-core.ts';

/**
 * The pages as the Electron shell shows them, in Chromium: its own answers with its own policy, and the real preload
 * script on a stand-in for the wire. What only Electron can show is in electron.spec.ts.
 */
const root = join(import.meta.dirname, '../..');
const ADDRESS = 'https://rekey.test';

type Window = 'main-window' | 'confirmation-window';
const CARRIER = { 'main-window': 'window', 'confirmation-window': 'confirmation-window' } as const;

async function show(page: Page, core: ScriptedCore, window: Window, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.route(`${ADDRESS}/**`, async (route) => {
    const url = route.request().url().replace(ADDRESS, 'app://rekey');
    const answer = await pageAnswer(process.env.REKEY_TEST_PAGES ?? '', { method: route.request().method(), url });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  const caller: Caller = { carrier: CARRIER[window], program: 'Rekey', pid: 1, client: null };
  await page.exposeFunction('wireCall', async (name: string, input: unknown): Promise<BridgeAnswer> => {
    try {
      return { result: await core.callUntyped(name, input, caller) };
    } catch (error) {
      return { failure: errorView(error) };
    }
  });
  core.on((event) => {
    const script = `wireListeners.forEach((listener) => listener({}, ${JSON.stringify(event)}))`;
    // The page may be gone already.
    void page.evaluate(script).catch(() => {});
  });
  await page.addInitScript({ content: await preload(window) });
  await page.goto(`${ADDRESS}/${path}`);
  return complaints;
}

/** The window's real preload script, with a stand-in for Electron's modules around it. */
async function preload(window: Window): Promise<string> {
  const bundle = await rolldown({
    input: join(root, `preload/${window}.ts`),
    external: ['electron'],
    platform: 'node',
  });
  const { output } = await bundle.generate({ format: 'cjs' });
  await bundle.close();
  return `
    window.wireListeners = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: api }) },
      ipcRenderer: {
        invoke: (channel, name, input) => window.wireCall(name, input),
        on: (channel, listener) => window.wireListeners.push(listener),
        off: (channel, listener) => window.wireListeners.splice(window.wireListeners.indexOf(listener), 1),
      },
    };
    ((require, exports) => { ${output[0].code} })(() => electron, {});`;
}

test('the main window’s page lives on its bridge alone, under a policy without a network', async ({ page }) => {
  const core = new ScriptedCore();
  const complaints = await show(page, core, 'main-window', 'index.html');
  await expect(page.getByText('work', { exact: true }).first()).toBeVisible();
  core.changeCredential('work', { name: 'work at last' });
  await expect(page.getByText('work at last', { exact: true }).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a failure comes over the bridge with its words', async ({ page }) => {
  const core = new ScriptedCore();
  const message = 'The list of hosts could not be read.';
  core.failing.set('listHosts', { code: 'made-up', message, wayOut: 'Try again.' });
  await show(page, core, 'main-window', 'index.html#/hosts');
  await expect(page.getByText(message)).toBeVisible();
});

test('the confirmation is given in its window, and its page then shows the rotation to its end', async ({ page }) => {
  const core = new ScriptedCore();
  const { id } = core.ask(agent);
  const complaints = await show(page, core, 'confirmation-window', `confirmation.html?id=${id}`);
  await page.getByRole('button', { name: /^Rotate “work”/ }).click();
  await expect.poll(() => core.approvals[0]?.state).toBe('approved');
  await expect.poll(() => core.rotations[0]?.step).toBe('ended');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('work');
  expect(new Set(core.asked.map(({ name }) => name))).toEqual(
    new Set(['getSettings', 'getApproval', 'approve', 'getRotation']),
  );
  expect(complaints).toEqual([]);
});

test('the confirmation’s page fits a bridge that has nothing else', async ({ page }) => {
  const core = new ScriptedCore();
  const { id } = core.ask(agent);
  await show(page, core, 'confirmation-window', `confirmation.html?id=${id}`);
  await page.getByRole('button', { name: 'Cancel' }).click({ delay: 700 });
  await expect.poll(() => core.approvals[0]?.state).toBe('denied');
  expect(await page.evaluate(() => window.rekey?.call('listCredentials', {}))).toMatchObject({
    failure: { code: 'call-not-allowed' },
  });
});
