import type { UpdateState } from '../../main/desktop/desktop.schema.ts';
import { violations } from './axe.ts';
import { expect, test } from './page-test.ts';

const updates = (update: UpdateState) => ({ update, automatic: true, checkedAt: new Date().toISOString() });

test('nothing of the desktop app is offered where it does not run', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  await expect(page.getByRole('region', { name: 'About' })).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Check now' })).toHaveCount(0);
});

test('the switch has Rekey started at login, and back', async ({ rekey, page }) => {
  rekey.core.desktop = { startAtLogin: false, updates: null, crash: null };
  await rekey.open('#/settings');
  const login = page.getByRole('switch', { name: 'Start Rekey when I log in' });
  await expect(login).not.toBeChecked();
  await login.press('Space');
  await expect.poll(() => rekey.core.desktop.startAtLogin).toBe(true);
  await expect(login).toBeChecked();
  rekey.core.failing.set('setStartAtLogin', {
    code: 'login-item-failed',
    message: 'The file can’t be removed.',
    wayOut: 'Mend the rights.',
  });
  await login.click();
  await expect(page.getByRole('alert')).toContainText('Mend the rights.');
  await expect(login).toBeChecked();
});

test('an update is found, downloaded and installed, each by a click of its own', async ({ rekey, page }) => {
  rekey.core.desktop = { startAtLogin: true, updates: updates({ state: 'idle' }), crash: null };
  await rekey.open('#/settings');
  const about = page.getByRole('region', { name: 'About' });
  await expect(about.getByRole('status')).toContainText('No newer version was known when it was checked');
  await about.getByRole('button', { name: 'Check now' }).click();
  await expect(about.getByRole('status')).toHaveText('Version 0.2.0 can be downloaded.');
  rekey.core.changeUpdates({ update: { state: 'downloading', version: '0.2.0', percent: 40 } });
  await expect(about.getByRole('status')).toHaveText('Downloading version 0.2.0… 40%');
  await expect(about.getByRole('button', { name: 'Download' })).toBeDisabled();
  rekey.core.changeUpdates({ update: { state: 'available', version: '0.2.0' } });
  await about.getByRole('button', { name: 'Download' }).click();
  await expect(about.getByRole('status')).toContainText('Version 0.2.0 is ready.');
  rekey.core.failing.set('installUpdate', {
    code: 'update-busy',
    message: 'A rotation runs at this moment.',
    wayOut: 'Let it end first.',
  });
  await about.getByRole('button', { name: 'Install and restart' }).click();
  await expect(about.getByRole('alert')).toContainText('A rotation runs at this moment.');
});

test('a build that does not update itself says why', async ({ rekey, page }) => {
  rekey.core.desktop = { startAtLogin: null, updates: updates({ state: 'idle' }), crash: null };
  await rekey.open('#/settings');
  const about = page.getByRole('region', { name: 'About' });
  await expect(about.getByRole('switch', { name: 'Check for updates once a day' })).toBeChecked();
  for (const [why, words] of [
    ['not-packaged', /build from the source/],
    ['no-feed', /no place to get updates from/],
    ['not-signed', /signature can be checked/],
  ] as const) {
    rekey.core.changeUpdates({ update: { state: 'absent', why } });
    await expect(about).toContainText(words);
    await expect(about.getByRole('switch')).toHaveCount(0);
    await expect(about.getByRole('button')).toHaveCount(0);
  }
});

test('the daily check can be switched off', async ({ rekey, page }) => {
  const problem = { code: 'update-failed', message: 'It could not be found out.', wayOut: 'Look at the connection.' };
  rekey.core.desktop = { startAtLogin: null, updates: updates({ state: 'failed', problem }), crash: null };
  await rekey.open('#/settings');
  const about = page.getByRole('region', { name: 'About' });
  await expect(about).toContainText('It could not be found out. Look at the connection.');
  await about.getByRole('switch', { name: 'Check for updates once a day' }).click();
  await expect.poll(() => rekey.core.desktop.updates?.automatic).toBe(false);
});

test('a crash of an earlier run is told, copied and dismissed', async ({ rekey, page }) => {
  rekey.core.desktop = {
    startAtLogin: null,
    updates: null,
    crash: {
      at: '2026-06-01T12:00:00.000Z',
      version: '0.1.0',
      platform: 'linux',
      where: 'main',
      name: 'TypeError',
      code: null,
      frames: ['main.mjs:1:2'],
    },
  };
  await rekey.open();
  await expect(page.getByText(/^Something in Rekey itself went wrong on/)).toBeVisible();
  await page.getByRole('button', { name: 'Copy the details' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The details were copied.' })).toBeVisible();
  expect(rekey.core.inputsOf('copyCrashNote')).toEqual([{}]);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText(/^Something in Rekey itself went wrong on/)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the settings of the desktop app have no flaw that axe finds, in the ${colorScheme} theme`, async ({
    rekey,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    rekey.core.desktop = {
      startAtLogin: true,
      updates: updates({ state: 'ready', version: '0.2.0' }),
      crash: {
        at: '2026-06-01T12:00:00.000Z',
        version: '0.1.0',
        platform: 'linux',
        where: 'page',
        name: 'oom',
        code: '5',
        frames: [],
      },
    };
    await rekey.open('#/settings');
    await expect(page.getByRole('button', { name: 'Install and restart' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    if (process.env.REKEY_SHOTS) {
      await page.screenshot({ path: `test/e2e/shots/desktop-settings-${colorScheme}.png`, fullPage: true });
    }
  });
}
