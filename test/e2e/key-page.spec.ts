import { expect, test } from './page-test.ts';
import { manyCredentials } from './scripted/credentials.ts';

test('the page of a key shows where it stands, what a rotation would change, and what was done', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await page.getByRole('link', { name: 'work', exact: true }).click();
  await expect(page).toHaveTitle('work · Rekey');
  await expect(page.getByRole('heading', { name: 'work', level: 1 })).toBeVisible();
  const programs = page.getByRole('list', { name: 'Programs that use it' });
  await expect(programs.getByRole('list', { name: 'Files of Cursor' })).toContainText('.cursor/mcp.json');
  await expect(page.getByText('•••• (new)').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: 'More for “work”' }).click();
  await page.getByRole('menuitem', { name: 'Verify' }).click();
  await expect(page.getByText('BitScale accepts this key. Account: Northwind.')).toBeVisible();
  await page.getByRole('link', { name: 'All keys' }).click();
  await expect(page.getByRole('heading', { name: 'Keys', level: 1 })).toBeVisible();
});

test('a key of which no rotation can be planned says why, and a key that is not there is told', async ({
  rekey,
  page,
}) => {
  const problem = { code: 'keychain-locked', message: 'The keychain is locked.', wayOut: 'Unlock it.' };
  rekey.core.failing.set('planRotation', problem);
  await rekey.open(`#/keys/${rekey.core.credentials[0]?.id}`);
  await expect(page.getByText('What a rotation would change can’t be told now')).toBeVisible();
  await expect(page.getByText('The keychain is locked.')).toBeVisible();
  await page.goto(`${rekey.url}#/keys/nobody`);
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});

test('keys are found by name, service and program', async ({ rekey, page }) => {
  await rekey.open();
  const search = page.getByRole('searchbox', { name: 'Search keys' });
  const names = page.getByRole('list', { name: 'Keys' }).getByRole('heading', { level: 2 });
  await search.fill('lightning');
  await expect(names).toHaveText(['wallet']);
  await search.fill('BITSCALE cursor');
  await expect(names).toHaveText(['work']);
  await expect(page.getByText('1 key fits.')).toBeAttached();
  await search.fill('nothing like that');
  await expect(page.getByText('No key fits.')).toBeVisible();
  await search.fill('');
  await expect(names).toHaveCount(4);
});

test('of a thousand keys only those in sight are in the page, and each can be reached', async ({ rekey, page }) => {
  rekey.core.credentials = manyCredentials(1_000);
  await rekey.open();
  const cards = page.getByRole('list', { name: 'Keys' }).getByRole('listitem');
  await expect(cards.first()).toHaveAttribute('aria-setsize', '1000');
  expect(await cards.count()).toBeLessThan(60);
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'key 1000', exact: true })).toBeInViewport();
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('key 770');
  await expect(cards).toHaveCount(1);
  await expect(page.getByRole('heading', { name: 'key 770', exact: true })).toBeInViewport();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('key');
  await expect(page.getByRole('heading', { name: 'key 2', exact: true })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('the keys of a thousand don’t jump while they load and are scrolled', async ({ rekey, page }) => {
  rekey.core.credentials = manyCredentials(1_000);
  await page.addInitScript(() => {
    Object.assign(globalThis, { shifts: [] });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) Reflect.get(globalThis, 'shifts').push(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await rekey.open();
  await expect(page.getByRole('heading', { name: 'key 1', exact: true })).toBeVisible();
  await page.mouse.wheel(0, 2_000);
  await expect(page.getByRole('heading', { name: 'key 30', exact: true })).toBeVisible();
  const shifts: number[] = await page.evaluate(() => Reflect.get(globalThis, 'shifts'));
  // 0.1 is what web.dev/cls calls good.
  expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.1);
});
