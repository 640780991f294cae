import { expect, haveWork, test } from './core-story.ts';

test('an agent asks, the person says no, and nothing is changed anywhere', async ({
  page,
  sandbox,
  shell,
  bitscale,
  agent,
}) => {
  const old = bitscale.key;
  const onDisk = await haveWork(sandbox, bitscale);
  await page.goto(shell.address);
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();

  const asked = agent.call('rotate_api_key', { credential: 'work', confirm: 'rotate-now' });
  await page.getByRole('link', { name: 'Look at it' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  // A key that was meant for something else is not taken for an answer: the page is deaf for a moment.
  await expect(page.getByRole('button', { name: 'Rotate “work”', exact: true })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing was changed. Whoever asked is told that you said no.')).toBeVisible();

  const { isError, envelope } = await asked;
  expect(isError).toBe(true);
  expect(envelope.data).toMatchObject({ ok: false, error: { code: 'rotation-denied' } });
  await page.getByRole('link', { name: 'Go to Keys' }).click();
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Look at it' })).toBeHidden();
  await page.getByRole('link', { name: 'Activity' }).click();
  await expect(page.getByRole('main')).toContainText('The rotation of “work” was turned down');
  await onDisk.expect(old);
  expect(bitscale.takes(old)).toBe(true);
  expect([bitscale.rotationRequests, bitscale.rotations]).toEqual([0, 0]);
});
