import { expect, test } from './page-test.ts';

test('each host tells whether it runs, when it takes a new key and what stands in its files', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/hosts');
  const claude = page.getByRole('region', { name: 'Claude Desktop' });
  await expect(claude).toContainText('Running');
  await expect(claude).toContainText('Takes a new key only after a restart.');
  await expect(claude).toContainText('server bitscale, environment, line 7');
  await expect(page.getByRole('region', { name: 'Claude Code' })).toContainText('Copies with a key of yours');
  await expect(page.getByRole('region', { name: 'VS Code' })).toContainText('LOG10X_API_KEY = ${input:log10x-key}');
  await expect(page.getByRole('region', { name: 'Gemini CLI' })).toContainText(
    'a value is missing here (line 12, column 3)',
  );
  await expect(page.getByRole('region', { name: 'Windsurf' })).toContainText('can’t be written');
});

test('programs that are not there are folded away', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  await expect(page.getByText('Zed')).toBeHidden();
  await page.getByText('4 more programs that Rekey knows').click();
  await expect(page.getByText('Zed')).toBeVisible();
});

test('the activity stands by day, newest first, with a way to the rotation', async ({ rekey, page }) => {
  await rekey.open('#/activity');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(/Today|Yesterday/);
  const entries = page.getByRole('main').getByRole('listitem');
  await expect(entries.first()).toContainText('The key of “work” was copied');
  await expect(entries.nth(1)).toContainText('The rotation of “work” ended');
  await expect(entries.nth(1).getByRole('link', { name: 'See the rotation' })).toBeVisible();
  await expect(entries.nth(3)).toContainText('by agent claude-code');
});

test('the pages are reached by the navigation, by the back button and by a keyboard user’s short cut', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await page.getByRole('link', { name: 'Hosts' }).click();
  await expect(page.getByRole('heading', { name: 'Hosts', level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Keys', level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
