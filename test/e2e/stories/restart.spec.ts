import { expect, haveWorkInHost, rotateBesideHost, test } from './core-story.ts';

test('a program that was left running is restarted from the page when the person has time for it', async ({
  page,
  sandbox,
  shell,
  bitscale,
  host,
}) => {
  const old = bitscale.key;
  const before = await haveWorkInHost(sandbox, bitscale, host);
  await page.goto(shell.address);
  await rotateBesideHost(page);
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
