import { readFile } from 'node:fs/promises';
import { startBitscale } from '../../fakes/bitscale.ts';
import { placeSampleHosts } from '../../fixtures/hosts/place.ts';
import { expect, test } from './core-story.ts';

test('on the first start a person sees what is there, takes in a key that stands in a file, and is not asked again', async ({
  page,
  sandbox,
  shell,
}) => {
  const service = await startBitscale();
  const { files } = await placeSampleHosts(sandbox.home, 'linux', {
    bitscale: service.key,
    lightning: 'lf_of_somebody_else',
    log10x: '00000000-0000-4000-8000-000000000001',
    a2amarket: 'ak_of_somebody_else',
  });
  const texts = (): Promise<string[]> => Promise.all(files.map(({ path }) => readFile(path, 'utf8')));
  const before = await texts();

  await page.goto(shell.address);
  await expect(page.getByRole('heading', { name: 'Welcome to Rekey' })).toBeVisible();
  const programs = page.getByRole('region', { name: 'Programs on this computer' });
  await expect(programs.getByText('Cursor', { exact: true })).toBeVisible();
  // Nothing is looked for before the person has said so.
  expect((await sandbox.call('listActivity', {})).map(({ kind }) => kind)).not.toContain('files-scanned');

  await page.getByRole('button', { name: 'Look for keys' }).click();
  await page
    .getByRole('button', { name: /^Take in sk-live-/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('work');
  await dialog.getByText('Advanced', { exact: true }).click();
  await dialog.getByLabel('Address of the service').fill(service.url);
  await dialog.getByRole('button', { name: 'Take in' }).click();
  await expect(page.getByText('Rekey holds 1 key.')).toBeVisible();
  await page.getByRole('button', { name: 'Go to your keys' }).click();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  expect(await texts()).toEqual(before);

  await sandbox.call('removeCredential', { credential: 'work' });
  await page.goto(shell.url);
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'First steps' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome to Rekey' })).toBeVisible();
  await service.stop();
});
