import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from './core-story.ts';

const document = (inServer: string, inChat: string): string =>
  `{"history":["my key is\\n${inChat}"],"mcpServers":{"b":{"env":{"BITSCALE_API_KEY":"${inServer}"}}}}\n`;

test('a key that stands in a file is found, taken in and rotated, and nothing of the old one is left', async ({
  page,
  sandbox,
  shell,
  bitscale: service,
}) => {
  const old = service.key;
  const file = join(sandbox.home, '.claude.json');
  const copy = join(sandbox.home, '.claude', 'backups', '.claude.json.backup.1795209258540');
  const forgotten = `${copy}1`;
  await mkdir(dirname(copy), { recursive: true });
  for (const path of [file, copy, forgotten]) await writeFile(path, document(old, old));
  await page.goto(shell.address);

  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('link', { name: 'Or look for keys that stand in your files already' }).click();
  await page.getByRole('button', { name: 'Look for keys' }).click();
  const found = page.getByRole('region', { name: file });
  await expect(found).toContainText('Not in Rekey. It has the form of BitScale.');
  await found
    .getByRole('button', { name: /^Take in/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Take this key in' });
  await dialog.getByLabel('Name', { exact: true }).fill('work');
  await dialog.getByText('Advanced', { exact: true }).click();
  await dialog.getByLabel('Address of the service').fill(service.url);
  await dialog.getByRole('button', { name: 'Take in' }).click();
  await expect(found).toContainText('This is “work”.');
  await expect(page.getByRole('button', { name: /^Take in/ })).toHaveCount(0);

  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('button', { name: 'Rotate “work”…' }).click();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  expect(await readFile(file, 'utf8')).toBe(document(service.key, old));
  const [rotation] = await sandbox.call('listRotations', {});
  await page.goto(`${shell.url}#/rotation/${rotation?.id}`);

  await page.getByRole('button', { name: `Redact “work” in ${file}…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Redact', exact: true }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.getByRole('button', { name: `Put the new key in ${copy}, for “work”…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Put it in' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await page.getByRole('button', { name: `Delete ${forgotten}…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden();

  expect(await readFile(file, 'utf8')).toBe(document(service.key, 'REDACTED-BY-REKEY'));
  expect(await readFile(copy, 'utf8')).toBe(document(service.key, service.key));
  await expect(readFile(forgotten)).rejects.toThrow('ENOENT');
  const { findings } = await sandbox.call('scanFiles', {});
  expect(findings.filter(({ why }) => why.kind !== 'known' || why.isDead)).toEqual([]);
  for (const key of [old, service.key]) expect(await page.content()).not.toContain(key);
});
