import type { Page } from 'playwright/test';
import { expect, type PageUnderTest, test } from './page-test.ts';
import { goneFile } from './scripted/backups.ts';
import { claudeDesktopFile, cursorFile } from './scripted/hosts.ts';

async function openVersions(rekey: PageUnderTest, page: Page) {
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(claudeDesktopFile);
  return dialog;
}

test('each file with earlier versions leads to them, also one of no program that is there; others do not', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/hosts');
  const claude = page.getByRole('region', { name: 'Claude Desktop' });
  await expect(claude.getByRole('button', { name: 'Earlier versions' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: `Earlier versions of ${cursorFile}` })).toHaveCount(0);
  const others = page.getByRole('region', { name: 'Other files that Rekey has changed' });
  await expect(others.getByRole('listitem')).toHaveText(new RegExp(goneFile.replaceAll('/', '\\/')));
  await expect(others.getByRole('button')).toHaveCount(1);
});

test('a version is told by its time, its size and what came after it, and a broken one can’t be chosen', async ({
  rekey,
  page,
}) => {
  const versions = (await openVersions(rekey, page)).getByRole('listitem');
  await expect(versions).toHaveCount(4);
  await expect(versions.nth(0)).toContainText('2.3 kB · before the rotation of “work”');
  await expect(versions.nth(1)).toContainText('before an earlier version was put back');
  await expect(versions.nth(2)).toContainText('Damaged');
  await expect(versions.nth(3)).toContainText('the keychain in use does not hold');
  await expect(page.getByRole('dialog').getByRole('button', { name: /Restore/ })).toHaveCount(2);
});

test('restoring is asked about with what will happen, and says what was done', async ({ rekey, page }) => {
  const dialog = await openVersions(rekey, page);
  const [version] = rekey.core.backups;
  await dialog
    .getByRole('button', { name: /^Restore the version of/ })
    .first()
    .click();
  await expect(dialog).toContainText('just before the rotation of “work” (2.3 kB)');
  await expect(dialog).toContainText('the current one is put in');
  await expect(dialog).toContainText('The present version is kept first');
  expect(rekey.core.inputsOf('restoreBackup')).toEqual([]);
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('is back');
  await expect(dialog.getByRole('status')).toContainText('The current key of “work” stands in 1 place.');
  expect(rekey.core.inputsOf('restoreBackup')).toEqual([{ file: claudeDesktopFile, at: version?.at, asItWas: false }]);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` }).click();
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(5);
});

test('the old keys are left in it when that is ticked', async ({ rekey, page }) => {
  const dialog = await openVersions(rekey, page);
  await dialog
    .getByRole('button', { name: /^Restore the version of/ })
    .nth(1)
    .click();
  await dialog.getByRole('checkbox', { name: 'Leave the old keys in it' }).check();
  await expect(dialog).toContainText('no longer work');
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('those of then');
  expect(rekey.core.inputsOf('restoreBackup')).toMatchObject([{ asItWas: true }]);
});

test('a restore that fails is told in the core’s words, and can be tried again', async ({ rekey, page }) => {
  const dialog = await openVersions(rekey, page);
  rekey.core.failing.set('restoreBackup', {
    code: 'file-locked',
    message: 'Another program is writing the file. It was not changed.',
    wayOut: 'Close Claude Desktop and try again.',
  });
  await dialog
    .getByRole('button', { name: /^Restore the version of/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('It was not changed.');
  await expect(dialog.getByRole('alert')).toContainText('Close Claude Desktop and try again.');
  rekey.core.failing.clear();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('is back');
});

test('places that still hold a dead key are named', async ({ rekey, page }) => {
  rekey.core.restoredKeys = {
    left: [
      { why: 'in-comment', credential: 'work', server: null, line: 3 },
      { why: 'unknown-key', credential: null, server: 'logs', line: 12 },
    ],
  };
  const dialog = await openVersions(rekey, page);
  await dialog
    .getByRole('button', { name: /^Restore the version of/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(dialog.getByRole('listitem')).toHaveText([
    /An old key of “work” stands in a comment\.line 3/,
    /Rekey does not hold.*server logs, line 12/,
  ]);
});

test('everything is reached by the keyboard, and the focus is never lost', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  const opener = page.getByRole('button', { name: `Earlier versions of ${claudeDesktopFile}…` });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  const close = dialog.getByRole('button', { name: 'Close' });
  await expect(close).toBeFocused();
  await page.keyboard.press('Tab');
  const first = dialog.getByRole('button', { name: /^Restore the version of/ }).first();
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(close).toBeFocused();
  expect(rekey.core.inputsOf('restoreBackup')).toHaveLength(1);
  await page.keyboard.press('Enter');
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});

test('backups that nobody can read any more are reported on the page', async ({ rekey, page }) => {
  rekey.core.damagedBackups = [
    { code: 'backup-damaged', message: 'The earlier version x.sealed is damaged.', wayOut: 'It goes by itself.' },
  ];
  await rekey.open('#/hosts');
  await expect(page.getByText('The earlier version x.sealed is damaged.')).toBeVisible();
});
