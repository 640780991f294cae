import { confirm, expect, expectNoKeyOn, haveWork, test } from './core-story.ts';

test('an agent asks, the person says yes in the page, and the agent is told what was done, without the key', async ({
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
  const banner = page.getByRole('status').filter({ hasText: 'helper asks to rotate “work”.' });
  await expect(page).toHaveTitle('(1) Keys · Rekey');
  await banner.getByRole('link', { name: 'Look at it' }).click();
  await expect(page.getByRole('heading', { name: 'helper asks for a new key' })).toBeVisible();
  await expect(page.getByText('It calls itself “helper” 1.2.3, which Rekey can’t check.')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Also give the new key to helper' })).not.toBeChecked();
  await onDisk.expect(old);
  expect(bitscale.rotationRequests).toBe(0);
  await confirm(page, 'work');
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();

  const { isError, envelope } = await asked;
  expect(isError ?? false).toBe(false);
  expect(envelope.data).toMatchObject({ ok: true, outcome: 'done', credential: 'work', old_key: 'dead' });
  for (const key of [old, bitscale.key]) expect(agent.received.join('\n')).not.toContain(key);
  await expectNoKeyOn(page, old, bitscale.key);
  await onDisk.expect(bitscale.key);
  expect([bitscale.rotationRequests, bitscale.rotations]).toEqual([1, 1]);
});
