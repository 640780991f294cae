import { askToRotate, confirm, expect, haveWork, step, test } from './core-story.ts';

// Rekey tries again by itself: here only when the person says so.
test.use({ sandboxOptions: { delays: { retry: 600_000, lookAgain: 20 } } });

test('a keyring that is locked while the service answers is told, unlocked, and the rotation goes on', async ({
  page,
  sandbox,
  shell,
  bitscale,
}) => {
  const old = bitscale.key;
  const onDisk = await haveWork(sandbox, bitscale);
  await page.goto(shell.address);
  await askToRotate(page, 'work');
  bitscale.fail({ answersAfterMs: 500 });
  await confirm(page, 'work');
  await expect.poll(() => bitscale.rotationRequests, { intervals: [10] }).toBe(1);
  sandbox.keychain.locked = true;

  await expect(page.getByRole('status').filter({ hasText: 'Rekey waits' })).toContainText(
    'The answer lies sealed on disk and is not lost.',
  );
  await onDisk.expect(old);
  await page.getByRole('link', { name: 'See the rotation' }).click();
  await expect(step(page, 'Put the new key into the keychain')).toContainText('waits');
  const gate = page.getByRole('heading', { name: 'Your keys are locked' });
  await expect(gate).toBeVisible();
  // Nothing goes on as long as it is locked.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await onDisk.expect(old);

  sandbox.keychain.locked = false;
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  await onDisk.expect(bitscale.key);
  expect(await sandbox.call('verifyCredential', { credential: 'work' })).toMatchObject({ state: 'accepted' });
  expect([bitscale.rotationRequests, bitscale.rotations]).toEqual([1, 1]);
});
