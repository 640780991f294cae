import { latinWords } from './latin-words.ts';
import { agent, expect, test } from './page-test.ts';

test('a language is chosen in the settings and spoken at once, without loading the page again', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/settings');
  await page.evaluate(() => Object.assign(window, { before: true }));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: /Language of Rekey/ }).click();
  await expect(page.getByRole('option')).toHaveText(['As the system · English', 'English', '简体中文']);
  await page.getByRole('option', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: '密钥' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page).toHaveTitle('设置 · Rekey');
  expect(rekey.core.settings.language).toBe('zh-CN');
  expect(await page.evaluate(() => 'before' in window)).toBe(true);

  await page.getByRole('button', { name: /Rekey 的语言/ }).click();
  await page.getByRole('option', { name: 'English' }).last().click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('all open pages and confirmations speak it as soon as it is chosen in one of them', async ({ rekey, page }) => {
  await rekey.open('#/activity');
  const { id } = rekey.core.ask(agent);
  const [confirmation] = await Promise.all([
    page.waitForEvent('popup'),
    // As a link does that is opened in another tab: it is signed in too.
    page.evaluate((address) => void window.open(address), `confirmation.html?id=${id}`),
  ]);
  await expect(confirmation.getByRole('button', { name: 'Cancel' })).toBeVisible();
  rekey.core.changeSettings({ language: 'zh-CN' });
  await expect(confirmation.getByRole('button', { name: '取消' })).toBeVisible();
  await expect(confirmation).toHaveTitle('确认 · Rekey');
  await expect(page.getByRole('heading', { name: '活动记录', level: 1 })).toBeVisible();
});

test('the next page is in the chosen language from its first paint on', async ({ rekey, page }) => {
  rekey.core.settings.language = 'zh-CN';
  await rekey.open();
  await expect(page.getByRole('heading', { name: '密钥', level: 1 })).toBeVisible();
  // Nobody can tell it the settings now: it knows by itself.
  rekey.core.failing.set('getSettings', { code: 'x', message: 'No settings.', wayOut: 'None.' });
  await page.reload();
  await expect(page.getByRole('heading', { name: '密钥', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('a page that is no longer signed in still speaks it', async ({ rekey, page }) => {
  rekey.core.settings.language = 'zh-CN';
  await rekey.open();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(rekey.url);
  await expect(page.getByRole('heading', { name: '请重新打开 Rekey' })).toBeVisible();
  expect(await latinWords(page)).toEqual([]);
});

test.describe('on a computer that speaks Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('Rekey speaks it too, unless English is chosen', async ({ rekey, page }) => {
    await rekey.open('#/settings');
    await expect(page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
    await expect(page.getByRole('button', { name: /跟随系统 · 简体中文/ })).toBeVisible();
    rekey.core.changeSettings({ language: 'en' });
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  });
});
