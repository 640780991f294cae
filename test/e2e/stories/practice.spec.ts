import { readdir } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { violations } from '../axe.ts';
import { expect, test } from './core-story.ts';

async function start(page: Page, trouble: string): Promise<void> {
  await page.getByRole('radio', { name: trouble }).check();
  await page.getByRole('button', { name: 'Start practice' }).click();
}

async function rotate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Rotate “practice”…' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate “practice”?' })).toBeVisible();
  await expectReadable(page);
  await page.getByRole('button', { name: 'Rotate “practice”', exact: true }).click();
}

async function expectReadable(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}

test('a newcomer practises a whole rotation, with each thing that can go wrong, and nothing of it stays', async ({
  page,
  sandbox,
  shell,
}) => {
  const frame = page.getByRole('region', { name: 'Practice: nothing here is real' });
  await page.goto(shell.address);
  await page.getByRole('link', { name: 'Go to practice' }).click();
  await expect(page.getByRole('button', { name: 'Start practice' })).toBeVisible();
  await expectReadable(page);

  await start(page, 'Nothing');
  await expect(page.getByText('Nothing has changed yet.')).toHaveCount(3);
  await rotate(page);
  await expect(page.getByText('“practice” has a new key', { exact: true })).toBeVisible();
  await expect(page.getByText('Only the key has changed.')).toHaveCount(3);
  await expect(frame).toBeVisible();
  await page.getByRole('button', { name: /^Earlier versions of .*mcp\.json/ }).click();
  await page.getByRole('button', { name: /^Restore the version of/ }).click();
  await page.getByRole('checkbox').last().check();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText('Nothing has changed yet.')).toHaveCount(1);
  await page.getByRole('button', { name: 'End practice' }).click();

  await start(page, 'The service breaks the connection');
  await rotate(page);
  await page.getByRole('link', { name: /Practice service/ }).click();
  const key = await page.getByRole('textbox', { name: 'Your key' }).inputValue();
  await expectReadable(page);
  await page.getByRole('link', { name: 'Back to the rotation' }).click();
  await page.getByLabel('New key', { exact: true }).fill(key);
  await page.getByRole('button', { name: 'Put it in place' }).click();
  await expect(page.getByText('Only the key has changed.')).toHaveCount(3);
  await page.getByRole('button', { name: 'End practice' }).click();

  await start(page, 'A file can’t be written');
  await rotate(page);
  await expect(page.getByText('Only the key has changed.')).toHaveCount(2);
  await page.getByRole('button', { name: 'Allow writing' }).click();
  await page.getByRole('button', { name: 'Try these again' }).click();
  await expect(page.getByText('Only the key has changed.')).toHaveCount(3);
  await page.getByRole('button', { name: 'End practice' }).click();

  await start(page, 'A program puts the old key back');
  await rotate(page);
  await expect(page.getByText('“practice” has a new key', { exact: true })).toBeVisible();
  await expect(page.getByText(/the old key came back, and was replaced again/).first()).toBeVisible();
  await page.getByRole('button', { name: 'End practice' }).click();

  await expect(page.getByRole('button', { name: 'Start practice' })).toBeVisible();
  await expect(frame).toBeHidden();
  expect(await readdir(sandbox.rekey.dataFolder)).not.toContain('practice');
  expect(await sandbox.call('listRotations', {})).toEqual([]);
});
