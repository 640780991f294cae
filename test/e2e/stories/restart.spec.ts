import { askToRotate, confirm, expect, test } from './core-story.ts';

test('a program that was left running is restarted from the page when the person has time for it', async ({
  page,
  sandbox,
  shell,
  bitscale,
  host,
}) => {
  const old = bitscale.key;
  await host.install(old);
  const before = await host.start('--theme', 'dark');
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: bitscale.url });

  await page.goto(shell.address);
  await askToRotate(page, 'work');
  await page.getByRole('checkbox', { name: 'Quit Claude Desktop and start it again' }).uncheck();
  await confirm(page, 'work');
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  const [rotation] = await sandbox.call('listRotations', {});
  await page.goto(`${shell.url}#/rotation/${rotation?.id}`);
  await page.getByRole('button', { name: 'Restart Claude Desktop…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restart Claude Desktop' }).click();
  await expect(page.getByText('Claude Desktop was started again, or has ended')).toBeVisible();

  const after = await host.after(before);
  expect(after.args).toEqual(before.args);
  expect(after.inMemory).toContain(bitscale.key);
  expect(after.inMemory).not.toContain(old);
  await page.goto(`${shell.url}#/activity`);
  await expect(page.getByRole('main')).toContainText('A program was quit and started again, for the new key of “work”');
});
