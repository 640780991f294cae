import { expect, test } from './page-test.ts';

test('a key that is due shows on its card, in a banner and in the title, and is rotated from there', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await expect(page).toHaveTitle('Keys · Rekey');
  rekey.core.makeDue('work', 93);
  const card = page.getByRole('listitem').filter({ hasText: 'BitScale' });
  await expect(card).toContainText('93 days old · due');
  await expect(card.getByText('Due', { exact: true })).toBeVisible();
  await expect(page).toHaveTitle('(1) Keys · Rekey');
  const banner = page.getByRole('status').filter({ hasText: '“work” is due to be rotated' });
  await expect(banner).toContainText('It is 93 days old.');
  await banner.getByRole('button', { name: 'Rotate…' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate “work”?' })).toBeVisible();
});

test('a key that is due while it needs the person shows what is more urgent', async ({ rekey, page }) => {
  rekey.core.makeDue('work', 93);
  rekey.core.changeCredential('work', { state: 'needs-you' });
  await rekey.open();
  const card = page.getByRole('listitem').filter({ hasText: 'BitScale' });
  await expect(card.getByText('Needs you', { exact: true })).toBeVisible();
  await expect(card.getByText('Due', { exact: true })).toHaveCount(0);
});

test('a reminder is put off for a week, from the banner and from the menu of its key', async ({ rekey, page }) => {
  rekey.core.makeDue('work', 93);
  await rekey.open();
  await page.getByRole('button', { name: 'Remind me in a week' }).click();
  await expect(page.getByText('“work” is due to be rotated')).toHaveCount(0);
  await expect(page.getByText('Rekey reminds you in a week.')).toBeVisible();
  await expect(page).toHaveTitle('Keys · Rekey');
  rekey.core.makeDue('market', 31);
  await page.getByRole('button', { name: 'More for “market”' }).click();
  await page.getByRole('menuitem', { name: 'Reminder…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remind me in a week' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const ids = rekey.core.credentials.filter(({ name }) => name === 'work' || name === 'market').map(({ id }) => id);
  await expect.poll(() => rekey.core.inputsOf('snoozeReminder')).toEqual(ids.map((credential) => ({ credential })));
});

test('several keys that are due are told together, and the banner leads to the first', async ({ rekey, page }) => {
  for (const name of ['market', 'work', 'wallet']) rekey.core.makeDue(name, 100);
  await rekey.open('#/settings');
  const banner = page.getByRole('status').filter({ hasText: '3 keys are due to be rotated' });
  await expect(banner).toContainText('“market”, “work”, and “wallet”');
  await expect(page).toHaveTitle('(3) Settings · Rekey');
  await banner.getByRole('link', { name: 'See the keys' }).click();
  await expect(page.getByRole('heading', { name: 'market', level: 1 })).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Remind me in a week' }).click();
  await expect(banner).toHaveCount(0);
  await expect.poll(() => rekey.core.inputsOf('snoozeReminder')).toHaveLength(3);
});

test('an address leads to one key, also when the page has just been opened', async ({ rekey, page }) => {
  const wallet = rekey.core.credentials.find(({ name }) => name === 'wallet');
  await rekey.open(`#/keys/${wallet?.id}`);
  await expect(page.getByRole('heading', { name: 'wallet', level: 1 })).toBeVisible();
});

test('a reminder that can’t be put off says why and stays', async ({ rekey, page }) => {
  rekey.core.makeDue('work', 93);
  rekey.core.failing.set('snoozeReminder', {
    code: 'storage-unwritable',
    message: 'Rekey can’t write its file reminders.json. Nothing was changed.',
    wayOut: 'Make room on the disk.',
  });
  await rekey.open();
  await page.getByRole('button', { name: 'Remind me in a week' }).click();
  await expect(page.getByRole('alert')).toContainText('Make room on the disk.');
  await expect(page.getByText('“work” is due to be rotated')).toBeVisible();
});

test('after how many days is chosen for all keys in the settings', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  const reminders = page.getByRole('region', { name: 'Reminders' });
  const select = reminders.getByRole('button', { name: /Remind me to rotate a key/ });
  await expect(select).toContainText('After 90 days');
  for (const [choice, days] of [
    ['Off', 0],
    ['After 30 days', 30],
    ['After 60 days', 60],
  ] as const) {
    await select.click();
    await page.getByRole('option', { name: choice, exact: true }).click();
    await expect(select).toContainText(choice);
    await expect.poll(() => rekey.core.settings.rotateEveryDays).toBe(days);
  }
  expect(rekey.core.inputsOf('changeSettings')).toHaveLength(3);
});

test('after how many days is chosen for one key, with what the settings say', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'More for “market”' }).click();
  await page.getByRole('menuitem', { name: 'Reminder…' }).click();
  const dialog = page.getByRole('dialog', { name: 'When to rotate “market”' });
  await expect(dialog).toContainText('It is 20 days old. It is due on');
  await expect(dialog.getByRole('button', { name: 'Remind me in a week' })).toHaveCount(0);
  const select = dialog.getByRole('button', { name: /Remind me to rotate a key/ });
  await expect(select).toContainText('As in the settings · After 90 days');
  await select.press('Enter');
  await page.getByRole('option', { name: 'After 30 days' }).press('Enter');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toHaveCount(0);
  const market = rekey.core.credentials.find(({ name }) => name === 'market');
  expect(rekey.core.inputsOf('setReminder')).toEqual([{ credential: market?.id, everyDays: 30 }]);
  expect(market?.rotateEveryDays).toBe(30);
});

/** The browser's notifications as a page sees them, written down. */
const NOTIFICATIONS = (permission: string) => `
  window.told = [];
  window.asked = 0;
  window.Notification = class {
    static permission = ${JSON.stringify(permission)};
    static requestPermission() { window.asked++; return Promise.resolve('granted'); }
    constructor(title, options) { window.told.push({ title, ...options }); window.last = this; }
  };
`;

test('the browser’s notification tells it where the person has allowed that, and leads to the key', async ({
  rekey,
  page,
}) => {
  await page.addInitScript(NOTIFICATIONS('granted'));
  await rekey.open('#/settings');
  await expect.poll(() => rekey.core.inputsOf('listReminders').length).toBeGreaterThan(0);
  const { credential } = rekey.core.makeDue('work', 93);
  await expect
    .poll(() => page.evaluate('window.told'))
    .toEqual([
      { title: '“work” is due to be rotated', body: 'It is 93 days old.', tag: `rekey rotation ${credential.id}` },
    ]);
  await page.evaluate('window.last.onclick()');
  await expect(page.getByRole('heading', { name: 'work', level: 1 })).toBeVisible();
  rekey.core.emit({
    name: 'reminder',
    payload: [{ ...rekey.core.makeDue('market', 1), kind: 'old-key', rotationId: 'r1' }],
  });
  await expect
    .poll(() => page.evaluate('window.told.map(({ title }) => title)'))
    .toContain('The old key of “market” still works');
  await page.evaluate('window.last.onclick()');
  await expect(page).toHaveURL(/#\/rotation\/r1$/);
});

for (const permission of ['default', 'denied']) {
  test(`nobody is asked for that permission where it is “${permission}”`, async ({ rekey, page }) => {
    await page.addInitScript(NOTIFICATIONS(permission));
    await rekey.open();
    rekey.core.makeDue('work', 93);
    await expect(page.getByText('“work” is due to be rotated')).toBeVisible();
    expect(await page.evaluate('[window.told.length, window.asked]')).toEqual([0, 0]);
  });
}
