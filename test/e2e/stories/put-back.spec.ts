import { expect, haveWorkInHost, rotateBesideHost, test } from './core-story.ts';

// As often as a test can wait for.
test.use({ sandboxOptions: { delays: { verifyRetry: 20, lookAgain: 50, watch: 300, putBack: 300, lookShare: 1 } } });

test('a program that puts the old key back gets the new one again, until it was started again', async ({
  page,
  sandbox,
  shell,
  bitscale,
  host,
}) => {
  const old = bitscale.key;
  await haveWorkInHost(sandbox, bitscale, host);
  const text = await host.read();
  await page.goto(shell.address);
  await rotateBesideHost(page);
  const places = page.getByRole('region', { name: 'Places' });
  await expect(places).toContainText('new key written');

  await host.writeFromMemory();
  await expect(places).toContainText('the old key came back, and was replaced again');
  expect(await host.read()).toBe(text.replace(old, bitscale.key));
  // At its end it writes the old key once more.
  await host.quit();
  await expect.poll(() => host.read()).toBe(text.replace(old, bitscale.key));
  // One that is started before the look is over might have read the old key, and would be watched on.
  await expect(page.getByText('Claude Desktop was started again, or has ended')).toBeVisible();
  await host.start();
  expect((await host.state()).inMemory).toBe(text.replace(old, bitscale.key));
  await page.goto(`${shell.url}#/activity`);
  await expect(page.getByRole('main')).toContainText(
    'A program wrote the old key of “work” back, and it was replaced again',
  );
  expect(bitscale.takes(old)).toBe(false);
  expect([bitscale.rotationRequests, bitscale.rotations]).toEqual([1, 1]);
});
