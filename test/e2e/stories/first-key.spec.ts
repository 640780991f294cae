import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { root } from '../../../build/build.ts';
import { startBitscale } from '../../fakes/bitscale.ts';
import { type FakeLightningFaucet, startLightningFaucet } from '../../fakes/lightning-faucet.ts';
import { startLog10x } from '../../fakes/log10x.ts';
import { placeSampleHosts, type SampleHosts } from '../../fixtures/hosts/place.ts';
import { test as base, expect } from './core-story.ts';

interface Story {
  readonly service: FakeLightningFaucet;
  readonly hosts: SampleHosts;
}

/** The whole core in a temporary home with the files of six hosts, and the real pages on it. */
const test = base.extend<Story>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the first argument taken apart
  service: async ({}, use) => {
    const service = await startLightningFaucet();
    await use(service);
    await service.stop();
  },
  hosts: async ({ sandbox, service }, use) => {
    await use(
      await placeSampleHosts(sandbox.home, 'linux', {
        bitscale: 'sk-live-of-somebody-else',
        lightning: service.operatorKey,
        log10x: '00000000-0000-4000-8000-000000000001',
        a2amarket: 'ak_of_somebody_else',
      }),
    );
  },
});

/** Pictures for README.md, on demand: `PICTURES=1 npx playwright test first-key`. */
async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== '1') return;
  await mkdir(join(root, 'docs'), { recursive: true });
  await page.screenshot({ path: join(root, 'docs', `${name}.png`) });
}

test('the first key is added, seen where it stands, and rotated in the page', async ({
  page,
  sandbox,
  service,
  hosts,
  shell,
}) => {
  const old = service.operatorKey;
  await page.goto(shell.address);
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Add key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await dialog.getByRole('button', { name: /Service/ }).click();
  await page.getByRole('option', { name: 'Lightning Faucet' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('wallet');
  await dialog.getByRole('textbox', { name: 'Key' }).fill(old);
  await dialog.getByText('Advanced', { exact: true }).click();
  await dialog.getByLabel('Address of the service').fill(service.url);
  await dialog.getByRole('button', { name: 'Add key' }).click();

  const row = page.getByRole('listitem').filter({ hasText: 'wallet' });
  await expect(row).toContainText(/places in Cursor|places in .*Cursor/);
  await page.getByRole('link', { name: 'Hosts' }).click();
  await expect(page.getByText('Gemini CLI').first()).toBeVisible();
  await page.getByRole('link', { name: 'Keys' }).click();

  await page.getByRole('button', { name: 'Rotate “wallet”…' }).click();
  await expect(page.getByText('Lightning Faucet blocks withdrawals for 60 min.')).toBeVisible();
  await page.getByRole('button', { name: 'Rotate “wallet”' }).click();
  await expect(page.getByText('“wallet” has a new key', { exact: true })).toBeVisible();

  const holding = await Promise.all(hosts.files.map(async ({ path }) => (await readFile(path, 'utf8')).includes(old)));
  expect(holding).not.toContain(true);
  expect(service.rotationRequests).toBe(1);
  await page.goto(shell.url);
  await expect(row).toContainText('Withdrawals blocked for');
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('main')).toContainText('wallet');
  for (const key of [old, service.operatorKey]) expect(await page.content()).not.toContain(key);
  expect((await sandbox.call('listActivity', {})).map(({ kind }) => kind)).toContain('rotation-ended');
});

test('the keys of several services are listed, each with the places where it stands and what a rotation would do', async ({
  page,
  sandbox,
  shell,
}) => {
  const [bitscale, lightning, log10x] = await Promise.all([startBitscale(), startLightningFaucet(), startLog10x()]);
  await placeSampleHosts(sandbox.home, 'linux', {
    bitscale: bitscale.key,
    lightning: lightning.operatorKey,
    log10x: log10x.key,
    a2amarket: 'ak_of_somebody_else',
  });
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: bitscale.key, baseUrl: bitscale.url });
  await sandbox.call('addCredential', {
    name: 'wallet',
    provider: 'lightning-faucet',
    key: lightning.operatorKey,
    baseUrl: lightning.url,
  });
  await sandbox.call('addCredential', { name: 'logs', provider: 'log10x', key: log10x.key, baseUrl: log10x.url });
  expect(await sandbox.rotate('wallet')).toMatchObject({ outcome: 'done' });

  await page.goto(shell.address);
  const rows = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Rotate/ }) });
  // In the order in which they were added, the rotated one too.
  await expect(rows.getByRole('heading')).toHaveText(['work', 'wallet', 'logs']);
  await expect(rows.filter({ hasText: 'wallet' })).toContainText('Withdrawals blocked for 60 min');
  await expect(rows.filter({ hasText: 'logs' })).toContainText('places in Claude Code');
  await picture(page, 'keys');

  await page.setViewportSize({ width: 1180, height: 1500 });
  await page.getByRole('button', { name: 'Rotate “work”…' }).click();
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
  await expect(page.getByText('"BITSCALE_API_KEY": "•••• (new)"').first()).toBeVisible();
  await expect(page.getByText('A copy that the program made still holds the old key.')).toBeVisible();
  await picture(page, 'confirmation');
  for (const key of [bitscale.key, lightning.operatorKey, log10x.key]) expect(await page.content()).not.toContain(key);
  await Promise.all([bitscale, lightning, log10x].map((service) => service.stop()));
});
