import { agent, expect, test } from './page-test.ts';

test('a rotation asked for in the page is confirmed and followed to its end', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Rotate “work”…' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate “work”?' })).toBeVisible();
  await expect(page.getByText('BitScale makes the old key useless at once.')).toBeVisible();
  await expect(page.getByText('It writes the new key into 3 places, in 3 files.')).toBeVisible();
  await expect(page.getByText('There is no way back to the old key.')).toBeVisible();
  await expect(page.getByText('"BITSCALE_API_KEY": "sk-live-•••• (3f9a1c2b4d5e)"')).toBeVisible();
  await expect(page.getByText('"BITSCALE_API_KEY": "sk-live-•••• (new)"')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Also give the new key' })).toBeHidden();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  await expect(page.getByText('new key written')).toHaveCount(3);
  expect(rekey.core.inputsOf('approve')).toMatchObject([{ planHash: 'plan of work', giveKeyToClient: false }]);
  await page.getByRole('link', { name: 'See the rotation' }).click();
  await expect(page.getByRole('heading', { name: 'Rotation of “work”' })).toBeVisible();
});

test('a request of an agent says who it is by its own account, and the key is not given away unasked', async ({
  rekey,
  page,
}) => {
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  await expect(page.getByRole('heading', { name: 'claude-code asks for a new key' })).toBeVisible();
  await expect(page.getByText('It calls itself “claude-code” 2.1.14, which Rekey can’t check.')).toBeVisible();
  await expect(page.getByText('Program: node, process 48213')).toBeVisible();
  const give = page.getByRole('checkbox', { name: 'Also give the new key to claude-code' });
  await expect(give).not.toBeChecked();
  await give.check();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  expect(rekey.core.inputsOf('approve')).toMatchObject([{ giveKeyToClient: true }]);
});

test('a desktop app that would write the old key back is quit and started again, unless the person unticks it', async ({
  rekey,
  page,
}) => {
  await rekey.openConfirmation(rekey.core.ask(agent).id);
  const box = page.getByRole('checkbox', { name: 'Quit Claude Desktop and start it again' });
  await expect(box).toBeChecked();
  await expect(page.getByText('It quits Claude Desktop.')).toBeVisible();
  await expect(box).toHaveAccessibleDescription(/keeps the old key in memory .* a draft, may be lost\./);
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('Claude Desktop was started again, or has ended')).toBeVisible();
  expect(rekey.core.inputsOf('approve')).toMatchObject([{ restartHosts: ['claude-desktop'], giveKeyToClient: false }]);

  await rekey.openConfirmation(rekey.core.ask(agent).id);
  await box.focus();
  await page.keyboard.press('Space');
  await expect(box).not.toBeChecked();
  await expect(page.getByText('It quits Claude Desktop.')).toBeHidden();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('Quit Claude Desktop and start it again, so that it takes the new key.')).toBeVisible();
  expect(rekey.core.inputsOf('approve')[1]).toMatchObject({ restartHosts: [] });
});

test('a program in a terminal that would write the old key back is the person’s to end', async ({ rekey, page }) => {
  const { id, plan } = rekey.core.ask(agent);
  const hosts = plan.hosts.map((host) => ({ ...host, running: true }));
  rekey.core.changeApproval(id, { plan: { ...plan, hosts } });
  await rekey.openConfirmation(id);
  await expect(page.getByText('Claude Code keeps the old key in memory and may write it back')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Quit' })).toHaveCount(1);
});

test('nothing is asked about programs that do not run', async ({ rekey, page }) => {
  const { id, plan } = rekey.core.ask(agent);
  const hosts = plan.hosts.map((host) => ({ ...host, running: false }));
  rekey.core.changeApproval(id, { plan: { ...plan, hosts } });
  await rekey.openConfirmation(id);
  await expect(page.getByRole('heading', { name: 'Programs that would write the old key back' })).toBeHidden();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect.poll(() => rekey.core.inputsOf('approve')).toMatchObject([{ restartHosts: [] }]);
});

test('Cancel has the focus, and leaves everything as it is', async ({ rekey, page }) => {
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing was changed. Whoever asked is told that you said no.')).toBeVisible();
  expect(rekey.core.inputsOf('approve')).toEqual([]);
  expect(rekey.core.inputsOf('deny')).toEqual([{ id }]);
});

test('a key pressed just as the page comes up decides nothing', async ({ rekey, page }) => {
  await page.clock.install();
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeDisabled();
  await page.keyboard.press('Enter');
  expect(rekey.core.inputsOf('deny')).toEqual([]);
  await page.clock.runFor(600);
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
});

test('a rotation is confirmed with the keyboard alone', async ({ rekey, page }) => {
  await rekey.open();
  await expect(page.getByRole('button', { name: 'Rotate “work”…' })).toBeVisible();
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab');
    if (
      await page.getByRole('button', { name: 'Rotate “work”…' }).evaluate((button) => button === document.activeElement)
    )
      break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
});

test('the time left is counted down, and the end of it is told', async ({ rekey, page }) => {
  await page.clock.install();
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  await expect(page.getByRole('timer')).toHaveText(/Ends by itself in (2:00|1:5\d)/);
  await page.clock.runFor('01:00');
  await expect(page.getByRole('timer')).toHaveText(/Ends by itself in (1:00|0:5\d)/);
  rekey.core.changeApproval(id, { state: 'expired' });
  await expect(page.getByText('Time is up')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeHidden();
});

test('a request that was taken back or decided elsewhere can be decided no longer', async ({ rekey, page }) => {
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  rekey.core.changeApproval(id, { state: 'withdrawn' });
  await expect(page.getByText('Whoever asked took the request back. Nothing was changed.')).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
});

test('a plan that has changed meanwhile is put as a new question', async ({ rekey, page }) => {
  const { id, plan } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  const give = page.getByRole('checkbox', { name: 'Also give the new key' });
  await give.check();
  rekey.core.changeApproval(id, { plan: { ...plan, hash: 'another', sites: plan.sites.slice(0, 1) } });
  await expect(page.getByText('It writes the new key into 1 place, in 1 file.')).toBeVisible();
  await expect(give).not.toBeChecked();
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect.poll(() => rekey.core.inputsOf('approve')).toMatchObject([{ planHash: 'another' }]);
});

test('a confirmation that the core refuses says why, and can be tried again', async ({ rekey, page }) => {
  const { id } = rekey.core.ask(agent);
  rekey.core.failing.set('approve', {
    code: 'approval-not-here',
    message: 'This is confirmed in Rekey’s own window. Nothing was changed.',
    wayOut: 'Look for that window.',
  });
  await rekey.openConfirmation(id);
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByRole('alert')).toContainText('This is confirmed in Rekey’s own window.');
  await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
});

test('an unknown request and a missing one are told', async ({ rekey, page }) => {
  await rekey.openConfirmation('no-such-request');
  await expect(page.getByRole('alert')).toContainText('There is no such request.');
  await page.goto(`${rekey.url}confirmation.html`);
  await expect(page.getByText('This page belongs to a request, and none was named')).toBeVisible();
});
