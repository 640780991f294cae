import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import { expect, test } from './page-test.ts';

const entries = (page: Page) => page.getByRole('main').getByRole('listitem');

/** So many entries, a minute apart, the newest first. */
function many(count: number): ActivityEntry[] {
  return Array.from({ length: count }, (_, index) => ({
    at: new Date(Date.now() - index * 60_000).toISOString(),
    position: (count - 1 - index) * 100,
    kind: 'credential-verified',
    credential: index % 3 === 0 ? 'wallet' : 'work',
    rotationId: null,
    who: 'page',
    detail: `check ${count - index}`,
  }));
}

test('a rotation unfolds into what became of each place, and says who asked and who confirmed', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/activity');
  const ended = entries(page).filter({ hasText: 'The rotation of “work” ended' });
  await expect(ended).toContainText(
    'asked for by: claude-code, confirmed in the page · done, with something left to do',
  );
  await expect(ended.getByText('left to do', { exact: false }).last()).toBeHidden();
  await ended.getByText('3 places').press('Enter');
  const places = ended.getByRole('listitem');
  await expect(places.nth(0)).toContainText(/Claude Desktop · new key written.*claude_desktop_config\.json.*line 7/s);
  await expect(places.nth(1)).toContainText(/Claude Code · left to do \(file-not-writable\).*line 2113/s);
  await expect(ended).toContainText('Claude Desktop was to be started again.');
  await expect(ended).toContainText('New key: fingerprint 3f9a1c2b4d5e.');
});

test('the same stands in a table, which the page keeps until the timeline is chosen again', async ({ rekey, page }) => {
  await rekey.open('#/activity');
  await page.getByRole('radio', { name: 'Table' }).press('Enter');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.first().getByRole('columnheader')).toHaveText(['Time', 'Event', 'Key', 'Who', 'Result']);
  const ended = rows.filter({ hasText: 'Rotation ended' });
  await expect(ended.getByRole('cell')).toContainText([
    /\d/,
    'work',
    /^claude-code\s*confirmed in the page$/,
    'done, with something left to do',
  ]);
  await ended.getByText('3 places').press('Enter');
  await expect(ended.getByRole('listitem').nth(1)).toContainText('Claude Code · left to do (file-not-writable)');
  await expect(rows).toHaveCount(rekey.core.activity.length + 1);
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Table' })).toBeChecked();
  await expect(rows).toHaveCount(rekey.core.activity.length + 1);
  await page.getByRole('radio', { name: 'Timeline' }).click();
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('the table holds older entries too, and those of one key', async ({ rekey, page }) => {
  rekey.core.activity = many(150);
  await rekey.open('#/activity');
  await page.getByRole('radio', { name: 'Table' }).click();
  await page.getByRole('button', { name: 'Show older entries' }).click();
  const rows = page.getByRole('rowheader');
  await expect(rows).toHaveCount(150);
  await page.getByRole('button', { name: /Key/ }).click();
  await page.getByRole('option', { name: 'wallet' }).click();
  await expect(rows).toHaveCount(50);
});

test('older entries are shown page by page, and new ones join at the top', async ({ rekey, page }) => {
  rekey.core.activity = many(250);
  await rekey.open('#/activity');
  await expect(entries(page)).toHaveCount(100);
  const older = page.getByRole('button', { name: 'Show older entries' });
  await older.click();
  await expect(entries(page)).toHaveCount(200);
  await older.click();
  await expect(entries(page)).toHaveCount(250);
  await expect(older).toHaveCount(0);
  await expect(entries(page).last()).toContainText('check 1');
  const [first] = rekey.core.activity;
  if (!first) throw new Error('no entry');
  const added = { ...first, at: new Date().toISOString(), position: 25_000, detail: 'just now' };
  rekey.core.activity = [added, ...rekey.core.activity];
  rekey.core.emit({ name: 'changed', payload: { topic: 'activity' } });
  await expect(entries(page).first()).toContainText('just now');
  await expect(entries(page)).toHaveCount(251);
});

test('no gap opens when more happened at once than one page holds', async ({ rekey, page }) => {
  rekey.core.activity = many(120);
  await rekey.open('#/activity');
  await page.getByRole('button', { name: 'Show older entries' }).click();
  await expect(entries(page)).toHaveCount(120);
  rekey.core.activity = many(400);
  rekey.core.emit({ name: 'changed', payload: { topic: 'activity' } });
  await expect(entries(page).first()).toContainText('check 400');
  await expect(entries(page)).toHaveCount(100);
  await page.getByRole('button', { name: 'Show older entries' }).click();
  await expect(entries(page).nth(100)).toContainText('check 300');
});

test('the activity of one key is shown alone', async ({ rekey, page }) => {
  rekey.core.activity = many(30);
  await rekey.open('#/activity');
  await expect(entries(page)).toHaveCount(30);
  await page.getByRole('button', { name: /All keys/ }).click();
  await page.getByRole('option', { name: 'wallet' }).click();
  await expect(entries(page)).toHaveCount(10);
  for (const text of await entries(page).allTextContents()) expect(text).toContain('“wallet”');
  await page.getByRole('button', { name: /wallet/ }).click();
  await page.getByRole('option', { name: 'All keys' }).click();
  await expect(entries(page)).toHaveCount(30);
});

test('what is shown is saved as a CSV file that a spreadsheet reads as UTF-8', async ({ rekey, page }) => {
  await rekey.open('#/activity');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^rekey-activity-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.startsWith('\ufeffat,event,credential,who,')).toBe(true);
  // A header, two more rows for the places of the rotation, and the end of the last line.
  expect(text.split('\r\n')).toHaveLength(rekey.core.activity.length + 2 + 2);
  await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible();
});

test('an export of one key asks for that one, and one that fails says why', async ({ rekey, page }) => {
  await rekey.open('#/activity');
  await page.getByRole('button', { name: /All keys/ }).click();
  await page.getByRole('option', { name: 'market' }).click();
  rekey.core.failing.set('exportActivity', {
    code: 'x',
    message: 'The log can’t be read.',
    wayOut: 'Mend its rights.',
  });
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await expect(page.getByRole('alert')).toContainText('Mend its rights.');
  expect(rekey.core.inputsOf('exportActivity')).toEqual([{ credential: 'market' }]);
});

test('an activity that can’t be read is told', async ({ rekey, page }) => {
  rekey.core.failing.set('listActivity', { code: 'x', message: 'The log can’t be read.', wayOut: 'Mend its rights.' });
  await rekey.open('#/activity');
  await expect(page.getByRole('alert')).toContainText('Mend its rights.');
});
