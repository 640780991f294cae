import { agent, expect, test } from './page-test.ts';
import { ends, rotationOf } from './scripted/rotation.ts';

test('a rotation under way is announced on the other pages and shown step by step', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(rotationOf(approval, 'requested'));
  await rekey.open();
  await expect(page.getByText('“work” is being rotated')).toBeVisible();
  await expect(page.getByText('Ask BitScale for a new key…')).toBeVisible();
  await page.getByRole('link', { name: 'See the rotation' }).click();
  const steps = page.getByRole('list').filter({ hasText: 'Check everything beforehand' }).getByRole('listitem');
  await expect(steps.filter({ hasText: 'Check everything beforehand' })).toContainText('done');
  await expect(page.getByRole('listitem').and(page.locator('[aria-current=step]'))).toContainText(
    'Ask BitScale for a new key',
  );
  rekey.core.putRotation({ ...rotationOf(approval, 'ended'), id: rotation.id });
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
});

test('what is left to do has its reason, and is tried again', async ({ rekey, page }) => {
  rekey.core.ending = 'done-in-part';
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(ends['done-in-part'](approval));
  await rekey.open();
  await expect(page.getByText('“work” has a new key, and something is left to do')).toBeVisible();
  await page.goto(`${rekey.url}#/rotation/${rotation.id}`);
  await expect(page.getByRole('heading', { name: 'Left to do' })).toBeVisible();
  await expect(page.getByText('/home/sam/.claude.json is marked as read-only. It was not changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy the new key' }).click();
  await expect(page.getByText('Copied.')).toBeVisible();
  await page.getByRole('button', { name: 'Try these again' }).click();
  await expect(page.getByRole('heading', { name: 'Left to do' })).toBeHidden();
  expect(rekey.core.inputsOf('resumeRotation')).toEqual([{ id: rotation.id }]);
});

test('a program to restart is told of until it was, without a reload of the page', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(rotationOf(approval, 'ended'));
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByRole('heading', { name: 'Restart these' })).toBeVisible();
  await expect(page.getByText('Quit Claude Desktop and start it again, so that it takes the new key.')).toBeVisible();
  const restarts = rotation.restarts.map((one) => ({ ...one, state: 'done' as const }));
  rekey.core.putRotation({ ...rotation, restarts, updatedAt: new Date().toISOString() });
  await expect(page.getByRole('heading', { name: 'Restarted' })).toBeVisible();
  await expect(page.getByText('Claude Desktop was started again, or has ended: it takes the new key.')).toBeVisible();
});

test('a program is restarted when the person has read what may be lost', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(rotationOf(approval, 'ended'));
  await rekey.open(`#/rotation/${rotation.id}`);
  const restart = page.getByRole('button', { name: 'Restart Claude Desktop…' });
  await restart.click();
  const dialog = page.getByRole('alertdialog', { name: 'Restart Claude Desktop?' });
  await expect(dialog).toContainText('What is unsaved in it, such as a draft, may be lost.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(rekey.core.inputsOf('restartHost')).toEqual([]);

  rekey.core.failing.set('restartHost', {
    code: 'host-still-running',
    message:
      'Claude Desktop was asked to quit and still runs after 15 s: it may wait for an answer. Nothing was forced.',
    wayOut: 'Quit Claude Desktop yourself and start it again.',
  });
  await restart.click();
  await dialog.getByRole('button', { name: 'Restart Claude Desktop' }).click();
  await expect(dialog.getByRole('alert')).toContainText('still runs after 15 s');
  rekey.core.failing.delete('restartHost');
  await dialog.getByRole('button', { name: 'Restart Claude Desktop' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Restarted' })).toBeVisible();
  await expect(restart).toHaveCount(0);
  expect(rekey.core.inputsOf('restartHost')).toEqual([
    { id: rotation.id, host: 'claude-desktop' },
    { id: rotation.id, host: 'claude-desktop' },
  ]);
});

test('a program that could not be restarted says why', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(ends['restart-failed'](approval));
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByText('Claude Desktop was asked to quit and still runs after 15 s')).toBeVisible();
});

test('a lost key is told plainly, with the way to a new one', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(ends.lost(approval));
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByText('BitScale made a new key, but Rekey did not get it')).toBeVisible();
  await expect(page.getByText(/^Make a new key at https:.* then paste it here/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the keys page of BitScale' })).toHaveAttribute(
    'href',
    'https://app.bitscale.ai/settings/api',
  );
});

test('a rotation that waits goes on when the person says so', async ({ rekey, page }) => {
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation(ends.waiting(approval));
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByText('The keychain is locked.')).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
});

test('a rotation that does not exist is no blank page', async ({ rekey, page }) => {
  await rekey.open('#/rotation/none');
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
});
