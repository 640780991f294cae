import { expect, test } from './page-test.ts';

test('a program is connected with one switch, after the person has seen what is put into its file', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/hosts');
  const cursor = page.getByRole('switch', { name: 'Rekey’s own server in Cursor' });
  await expect(cursor).not.toBeChecked();
  await cursor.click();
  const dialog = page.getByRole('alertdialog', { name: 'Connect Cursor with Rekey?' });
  await expect(dialog).toContainText('/opt/Rekey/resources/bin/rekey');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(rekey.core.inputsOf('changeConnection')).toEqual([]);
  await expect(cursor).not.toBeChecked();

  await cursor.click();
  await dialog.getByRole('button', { name: 'Connect Cursor' }).click();
  await expect(page.getByText(/^Cursor is connected/)).toBeVisible();
  await expect(cursor).toBeChecked();
  expect(rekey.core.inputsOf('changeConnection')).toEqual([{ host: 'cursor', connect: true, hash: 'h' }]);

  await page.getByRole('switch', { name: 'Rekey’s own server in Claude Code' }).click();
  await page.getByRole('button', { name: 'Disconnect Claude Code' }).click();
  await expect(page.getByText(/^Claude Code is disconnected/)).toBeVisible();
});

test('a program that can’t be connected says why, and what failed is told', async ({ rekey, page }) => {
  const problem = {
    code: 'file-locked',
    message: 'Another program is writing the file. Nothing was changed.',
    wayOut: 'Close it and try again.',
  };
  rekey.core.failing.set('changeConnection', problem);
  await rekey.open('#/hosts');
  await expect(page.getByText('Rekey does not know how Windsurf writes the entry')).toBeVisible();
  await page.getByRole('switch', { name: 'Rekey’s own server in Cursor' }).click();
  await page.getByRole('button', { name: 'Connect Cursor' }).click();
  await expect(page.getByRole('alert')).toContainText('Another program is writing the file.');
});

test('a program that runs and writes its file from memory is to be quit first', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  await page.getByRole('switch', { name: 'Rekey’s own server in Claude Desktop' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(
    /Claude Desktop is running\s*When it writes its file from memory, this change is lost/,
  );
});
