import { expect, type Page } from 'playwright/test';
import { agent, test } from './page-test.ts';
import { claudeDesktopFile } from './scripted/hosts.ts';
import { OVERLAP } from './scripted/plan.ts';

const running = {
  code: 'rotation-running',
  message: 'A rotation of “wallet” has not ended yet. Nothing was changed.',
  wayOut: 'Wait until it is done.',
};

const entry = (page: Page, name: string) =>
  page
    .getByRole('list', { name: 'Keys to rotate' })
    .getByRole('listitem')
    .filter({ has: page.getByText(name, { exact: true }).and(page.locator('strong')) });

test('several keys are chosen among all, confirmed at once, and each is followed to its end', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Rotate several…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rotate several keys' });
  const submit = dialog.getByRole('button', { name: 'Go on to the confirmation' });
  await expect(submit).toBeDisabled();
  await dialog.getByRole('checkbox', { name: 'work' }).check();
  await dialog.getByRole('checkbox', { name: 'market' }).check();
  await submit.click();
  await expect(page.getByRole('heading', { name: 'Rotate 2 keys?' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This page of Rekey asks for new keys' })).toBeVisible();
  for (const name of ['work', 'market']) {
    await expect(entry(page, name)).toContainText('makes the old key useless at once.');
    await expect(entry(page, name)).toContainText('It stands in 3 places, in 3 files.');
  }
  await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rotation of 2 keys' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('2 of 2 have ended or wait for you.');
  for (const name of ['work', 'market']) await expect(entry(page, name)).toContainText('Done');
  const [first] = rekey.core.approvals.filter(({ plan }) => plan.target.name === 'work');
  expect(rekey.core.inputsOf('requestRotations')).toMatchObject([
    { credentials: [{}, {}].map(() => expect.any(String)) },
  ]);
  expect(rekey.core.inputsOf('approveBatch')).toMatchObject([
    { batch: first?.batch, approvals: [{ planHash: 'plan of work' }, { planHash: 'plan of market' }] },
  ]);
  await page.getByRole('link', { name: 'See the rotation of “work”' }).click();
  await expect(page.getByRole('heading', { name: 'Rotation of “work”' })).toBeVisible();
});

test('all keys are chosen with one tick', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Rotate several…' }).click();
  const dialog = page.getByRole('dialog');
  const all = dialog.getByRole('checkbox', { name: 'All keys (4)' });
  await all.check();
  for (const { name } of rekey.core.credentials) await expect(dialog.getByRole('checkbox', { name })).toBeChecked();
  await dialog.getByRole('checkbox', { name: 'market' }).uncheck();
  await expect(all).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Go on to the confirmation' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate 3 keys?' })).toBeVisible();
});

test('what can’t be asked for is told in the dialog', async ({ rekey, page }) => {
  rekey.core.failing.set('requestRotations', { ...running, code: 'batch-empty' });
  await rekey.open();
  await page.getByRole('button', { name: 'Rotate several…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'wallet' }).check();
  await dialog.getByRole('button', { name: 'Go on to the confirmation' }).click();
  await expect(dialog.getByRole('alert')).toContainText('has not ended yet');
});

test('all keys that stand in a file are asked for from its place on the page of hosts', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: `Rotate all keys in ${claudeDesktopFile}…` }).click();
  await expect(page.getByRole('heading', { name: /^Rotate \d+ keys?\?$/ })).toBeVisible();
  expect(rekey.core.inputsOf('requestRotations')).toEqual([{ file: claudeDesktopFile }]);
});

test('a file in which no present key stands has no such button', async ({ rekey, page }) => {
  rekey.core.hosts = rekey.core.hosts.map((host) => ({ ...host, sites: [], outside: [] }));
  await rekey.open('#/hosts');
  await expect(page.getByRole('heading', { name: 'Claude Desktop' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate all keys in' })).toHaveCount(0);
});

test('a key that is unticked stays as it is', async ({ rekey, page }) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'wallet', 'market']);
  await rekey.openConfirmation(approvals[1]?.id ?? '');
  await page.getByRole('checkbox', { name: 'wallet' }).uncheck();
  await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
  await expect(entry(page, 'wallet')).toContainText('Left as it is');
  await expect(page.getByRole('heading', { level: 1, name: 'Rotation of 2 keys' })).toBeVisible();
  const states = rekey.core.approvals.map(({ plan, state }) => [plan.target.name, state]);
  expect(Object.fromEntries(states)).toEqual({ work: 'approved', wallet: 'denied', market: 'approved' });
});

test('nothing can be confirmed when nothing is ticked, and Cancel, which has the focus, denies all', async ({
  rekey,
  page,
}) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Rotate all 2 keys' })).toBeEnabled();
  for (const name of ['work', 'market']) await page.getByRole('checkbox', { name }).uncheck();
  await expect(page.getByRole('button', { name: 'Rotate none' })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'No key is rotated' })).toBeFocused();
  expect(rekey.core.inputsOf('deny')).toHaveLength(2);
  expect(rekey.core.inputsOf('approveBatch')).toEqual([]);
});

test('all that a rotation does is there to be unfolded', async ({ rekey, page }) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  await expect(page.getByText('"BITSCALE_API_KEY": "sk-live-•••• (new)"')).toHaveCount(0);
  await page.getByText('Every step and change for “work”').click();
  await expect(page.getByText('"BITSCALE_API_KEY": "sk-live-•••• (new)"')).toBeVisible();
  await expect(entry(page, 'work').getByRole('heading', { name: 'Changes to files' })).toBeVisible();
});

test('a key that can’t be rotated now is named with the reason, and stops no other', async ({ rekey, page }) => {
  rekey.core.unplannable.set('wallet', running);
  const { approvals } = rekey.core.askTogether(agent, ['work', 'wallet', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  await expect(page.getByText('1 more key can’t be rotated now')).toBeVisible();
  await expect(page.getByText('wallet · A rotation of “wallet” has not ended yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
  await expect(page.getByRole('status')).toHaveText('2 of 2 have ended or wait for you.');
  await expect(page.getByText('1 more key can’t be rotated now')).toBeVisible();
});

test('one that could not begin says why, beside the others that rotate', async ({ rekey, page }) => {
  rekey.core.cannotBegin.set('market', { ...running, message: 'Another process is rotating this key just now.' });
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
  await expect(entry(page, 'market')).toContainText('Could not begin');
  await expect(entry(page, 'market')).toContainText('Another process is rotating this key just now.');
  await expect(entry(page, 'work')).toContainText('Done');
});

test('a single rotation that could not begin says why, at once', async ({ rekey, page }) => {
  rekey.core.cannotBegin.set('work', { ...running, message: 'Another process is rotating this key just now.' });
  const { id } = rekey.core.ask(agent);
  await rekey.openConfirmation(id);
  await page.getByRole('button', { name: 'Rotate “work”' }).click();
  await expect(page.getByText('The rotation could not begin')).toBeVisible();
  await expect(page.getByText('Another process is rotating this key just now.')).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
});

test('an app in whose files several of the keys stand is left to the person, until only one of them is ticked', async ({
  rekey,
  page,
}) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  const box = page.getByRole('checkbox', { name: 'Quit Claude Desktop and start it again' });
  const words = page.getByText('Several of these keys stand in its files, so Rekey does not restart it by itself');
  await expect(words).toBeVisible();
  await expect(box).toBeHidden();
  await page.getByRole('checkbox', { name: 'market' }).uncheck();
  await expect(words).toBeHidden();
  await expect(box).toBeChecked();
  await page.getByRole('button', { name: 'Rotate 1 key' }).click();
  await expect(entry(page, 'work')).toContainText('Done');
  expect(rekey.core.inputsOf('approveBatch')).toMatchObject([{ approvals: [{ restartHosts: ['claude-desktop'] }] }]);
});

test('for how long an old key works on is chosen for each key that offers it', async ({ rekey, page }) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  const [work] = approvals;
  if (!work) throw new Error('two were asked for');
  rekey.core.changeApproval(work.id, { plan: { ...work.plan, ...OVERLAP }, graceMinutes: 0 });
  await rekey.openConfirmation(work.id);
  const choice = entry(page, 'work').getByRole('group', { name: 'How long the old key works on' });
  await choice.getByRole('radio', { name: '1 hour' }).check();
  await page.getByRole('button', { name: 'Rotate all 2 keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rotation of 2 keys' })).toBeVisible();
  const [input] = rekey.core.inputsOf('approveBatch') as [{ approvals: { graceMinutes?: number }[] }];
  expect(input.approvals.map(({ graceMinutes }) => graceMinutes)).toEqual([60, undefined]);
});

test('requests that were decided elsewhere can be decided no longer', async ({ rekey, page }) => {
  const { approvals } = rekey.core.askTogether(agent, ['work', 'market']);
  await rekey.openConfirmation(approvals[0]?.id ?? '');
  rekey.core.changeApproval(approvals[0]?.id ?? '', { state: 'withdrawn' });
  await expect(entry(page, 'work')).toContainText('Taken back');
  await expect(page.getByRole('button', { name: 'Rotate 1 key' })).toBeVisible();
  rekey.core.changeApproval(approvals[1]?.id ?? '', { state: 'expired' });
  await expect(entry(page, 'market')).toContainText('Not confirmed in time');
  await expect(page.getByRole('button')).toHaveCount(0);
});

test('what waits together is one banner, and many that rotate are another', async ({ rekey, page }) => {
  await rekey.open();
  const { approvals } = rekey.core.askTogether(agent, ['work', 'wallet', 'logs production', 'market']);
  await expect(page.getByText('4 rotations wait for your confirmation')).toBeVisible();
  await expect(page.getByText('claude-code asks to rotate')).toHaveCount(1);
  await page.getByRole('link', { name: 'Look at it' }).click();
  rekey.core.stepMs = 60_000;
  await page.getByRole('button', { name: 'Rotate all 4 keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rotating 4 keys' })).toBeVisible();
  await rekey.open();
  await expect(page.getByText('4 keys are being rotated')).toBeVisible();
  expect(approvals).toHaveLength(4);
});
