import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './page-test.ts';

test('the token leaves the address at once, and the session outlives a reload', async ({ rekey, page }) => {
  await rekey.open();
  expect(page.url()).toBe(rekey.url);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
});

test('a token that was used leads to a page that says how to open Rekey again', async ({ rekey, page, browser }) => {
  await rekey.open();
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(rekey.address);
  await expect(other.getByRole('heading', { name: 'Open Rekey again' })).toBeVisible();
  await expect(other.getByText('rekey serve')).toBeVisible();
  await context.close();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
});

test('a tab of the same browser that was not signed in sees nothing', async ({ rekey, page }) => {
  await rekey.open();
  const other = await page.context().newPage();
  await other.goto(rekey.url);
  await expect(other.getByRole('heading', { name: 'Open Rekey again' })).toBeVisible();
});

test('the cookie is out of reach for scripts', async ({ rekey, page }) => {
  await rekey.open();
  expect(await page.evaluate(() => document.cookie)).toBe('');
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }]);
});

test('a page whose program is gone says so, and asks to be opened again when another one runs', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  const port = Number(new URL(rekey.url).port);
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  await rekey.stop();
  await expect(page.getByText('Rekey does not answer')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  await rekey.start(folder, port);
  await expect(page.getByRole('heading', { name: 'Open Rekey again' })).toBeVisible();
  await rm(folder, { recursive: true, force: true });
  // The browser's own words for a server that is not there.
  rekey.complaints.splice(0);
});
