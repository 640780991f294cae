import { readFile } from 'node:fs/promises';
import { askToRotate, confirm, expect, expectNoKeyOn, haveMail, step, test } from './core-story.ts';

test('a key is rotated in the page: seen beforehand, followed step by step, in place on disk, and with a way back', async ({
  page,
  sandbox,
  shell,
  resend,
  host,
}) => {
  const old = resend.key;
  const onDisk = await haveMail(sandbox, resend);
  await host.install(old);
  await host.start();
  const desktop = await readFile(host.config, 'utf8');

  await page.goto(shell.address);
  await askToRotate(page, 'mail');
  await expect(page.getByText('It writes the new key into 3 places, in 3 files.')).toBeVisible();
  await expect(page.getByText(/"RESEND_API_KEY": ".*•••• \(new\)"/).first()).toBeVisible();
  await page.getByRole('checkbox', { name: 'Quit Claude Desktop and start it again' }).uncheck();
  await page.getByRole('radio', { name: '1 day' }).check();
  // Until now everything is as it was.
  await onDisk.expect(old);
  expect([resend.rotationRequests, resend.revocations]).toEqual([0, 0]);

  resend.fail({ answersAfterMs: 500 });
  await confirm(page, 'mail');
  await expect(page.getByRole('heading', { name: 'Rotating “mail”' })).toBeFocused();
  await expect(step(page, 'Ask Resend for a new key')).toContainText('in progress');
  await expect(page.getByText('“mail” has a new key', { exact: true })).toBeVisible();
  await expect(step(page, 'Write it into the files')).toContainText('done');
  await expect(page.getByText('new key written')).toHaveCount(3);
  await expect(page.getByRole('region', { name: 'Restart these' })).toContainText(
    'Quit Claude Desktop and start it again, so that it takes the new key.',
  );

  await page.getByRole('link', { name: 'See the rotation' }).click();
  await expect(page.getByText(/^The old key works until .+\. Rekey revokes it then\.$/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Go back to the old key…' })).toBeVisible();
  await expectNoKeyOn(page, old, resend.key);

  await onDisk.expect(resend.key);
  expect(await host.read()).toBe(desktop.replace(old, resend.key));
  expect(resend.takes(old)).toBe(true);
  expect([resend.rotationRequests, resend.rotations, resend.revocations]).toEqual([1, 1, 0]);
});
