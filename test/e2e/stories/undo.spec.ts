import { askToRotate, confirm, expect, expectNoKeyOn, haveMail, test } from './core-story.ts';

test('a rotation is undone while the old key works: it is back in every file, and the newer one is revoked', async ({
  page,
  sandbox,
  shell,
  resend,
}) => {
  const old = resend.key;
  const onDisk = await haveMail(sandbox, resend);
  await page.goto(shell.address);
  await askToRotate(page, 'mail');
  await page.getByRole('radio', { name: '1 day' }).check();
  await confirm(page, 'mail');
  await expect(page.getByText('“mail” has a new key', { exact: true })).toBeVisible();
  const newer = resend.key;
  await onDisk.expect(newer);

  await page.goto(shell.url);
  await page.getByRole('button', { name: 'Go back to the old key of “mail”…' }).click();
  await expect(page.getByRole('heading', { name: 'Go back to the earlier key of “mail”?' })).toBeVisible();
  await onDisk.expect(newer);
  await page.getByRole('button', { name: 'Go back to the earlier key', exact: true }).click();
  await expect(page.getByText('“mail” is back at its earlier key', { exact: true })).toBeVisible();
  await expect(page.getByText('Rekey has revoked the newer key at Resend.')).toBeVisible();
  await expectNoKeyOn(page, old, newer);

  await onDisk.expect(old);
  expect(await sandbox.call('verifyCredential', { credential: 'mail' })).toMatchObject({ state: 'accepted' });
  expect(resend.keys.map(({ value }) => value)).toEqual([old]);
  expect([resend.rotationRequests, resend.rotations, resend.revocations]).toEqual([1, 1, 1]);
});
