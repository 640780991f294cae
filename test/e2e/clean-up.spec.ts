import { tabTo } from './keyboard.ts';
import { agent, expect, test } from './page-test.ts';
import { claudeCodeFile, claudeDesktopFile, cursorFile } from './scripted/hosts.ts';
import { rotationOf } from './scripted/rotation.ts';

const COPY = '/home/sam/.claude/backups/.claude.json.backup.1763640000000';

test('keys in plain text are shown when the person asks, file by file, masked, each with its reason', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/hosts');
  expect(rekey.core.inputsOf('scanFiles')).toEqual([]);
  await page.getByRole('button', { name: 'Look for keys' }).click();
  await expect(page.getByText('5 keys were found in plain text.')).toBeVisible();
  const desktop = page.getByRole('region', { name: claudeDesktopFile });
  await expect(desktop).toContainText('This is “work”.');
  await expect(desktop).toContainText('sk-live-•••• (0d9e8f7a6b5c)');
  await expect(desktop).toContainText('Not in Rekey. It has the form of BitScale.');
  await expect(desktop).toContainText('server staging, environment, line 21');
  await expect(page.getByRole('region', { name: cursorFile })).toContainText('It looks random');
  const chat = page.getByRole('region', { name: claudeCodeFile });
  await expect(chat).toContainText('an earlier key of “work”, replaced since');
  await expect(chat).toContainText('outside the servers · line 48213 · 3 times');
  await expect(page.getByText('1 file could not be looked into')).toBeVisible();
  // Only where Rekey could rotate it.
  await expect(page.getByRole('button', { name: /^Take in/ })).toHaveCount(1);
});

test('a found key is taken in by its name, by keyboard alone, and the list is looked at again', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/hosts');
  await tabTo(page, page.getByRole('button', { name: 'Look for keys', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByText('5 keys were found')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Take in sk-live-•••• (0d9e8f7a6b5c), line 21…', exact: true }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Take this key in' });
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Give the key a name.')).toBeVisible();
  await page.keyboard.type('refused');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('BitScale does not accept this key (it answered 401).')).toBeVisible();
  await dialog.getByLabel('Name', { exact: true }).fill('staging');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: '“staging” was added.' })).toBeVisible();
  await expect(page.getByRole('region', { name: claudeDesktopFile })).toContainText('This is “staging”.');
  expect(rekey.core.inputsOf('takeIn').at(-1)).toEqual({
    finding: 'unknown-bitscale',
    name: 'staging',
    provider: 'bitscale',
  });
});

test('a key that its service refuses is kept only when the person says so', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: 'Look for keys' }).click();
  await page.getByRole('button', { name: /^Take in/ }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('refused');
  await page.getByRole('dialog').getByRole('button', { name: 'Take in' }).click();
  await page.getByRole('button', { name: 'Keep it all the same' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(rekey.core.inputsOf('takeIn').at(-1)).toMatchObject({ name: 'refused', evenIfRefused: true });
});

test('without keys, the way to those that stand in files is shown', async ({ rekey, page }) => {
  rekey.core.credentials = [];
  rekey.core.scan = { findings: [], problems: [] };
  await rekey.open();
  await page.getByRole('link', { name: 'Or look for keys that stand in your files already' }).click();
  await page.getByRole('button', { name: 'Look for keys' }).click();
  await expect(page.getByText('No key was found in plain text.')).toBeVisible();
});

test('a scan that fails says why, and can be done again', async ({ rekey, page }) => {
  rekey.core.failing.set('scanFiles', { code: 'internal', message: 'It went wrong.', wayOut: 'Try once more.' });
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: 'Look for keys' }).click();
  await expect(page.getByRole('alert')).toContainText('It went wrong.');
  rekey.core.failing.clear();
  await page.getByRole('button', { name: 'Look for keys' }).click();
  await expect(page.getByText('5 keys were found')).toBeVisible();
});

test('a key outside the servers is redacted after a question that says what will happen', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  const claude = page.getByRole('region', { name: 'Claude Code' });
  await expect(claude).toContainText('Keys outside the servers');
  await expect(claude).toContainText('earlier and present key');
  await expect(claude).toContainText('line 48213, line 50102, and line 3');
  const button = page.getByRole('button', { name: `Redact “work” in ${claudeCodeFile}…` });
  await button.click();
  const question = page.getByRole('alertdialog', { name: 'Redact “work” in this file?' });
  await expect(question).toContainText('REDACTED-BY-REKEY');
  await expect(question).toContainText('The version until now is kept');
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
  expect(rekey.core.inputsOf('redactKey')).toEqual([]);
  await page.keyboard.press('Enter');
  await question.getByLabel('Redact the present key too').check();
  await question.getByRole('button', { name: 'Redact', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Redacted in 3 places.' })).toBeVisible();
  await expect(claude).not.toContainText('Keys outside the servers');
  expect(rekey.core.inputsOf('redactKey')).toEqual([{ file: claudeCodeFile, credential: 'work', alsoCurrent: true }]);
});

test('a copy gets the new key, or is deleted, each after a question', async ({ rekey, page }) => {
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: `Put the new key in ${COPY}, for “work”…` }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Put it in' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'put into 2 places of the copy' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Put the new key/ })).toHaveCount(0);
  await page.getByRole('button', { name: `Delete ${COPY}…` }).click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Copies with a key of yours')).toBeHidden();
  expect(rekey.core.inputsOf('patchCopy')).toEqual([{ path: COPY, credential: 'work' }]);
  expect(rekey.core.inputsOf('deleteCopy')).toEqual([{ path: COPY }]);
});

test('what can’t be done is said in the question, and nothing is gone', async ({ rekey, page }) => {
  const failure = {
    code: 'backup-not-written',
    message: 'No backup. Nothing was changed.',
    wayOut: 'Free some space.',
  };
  rekey.core.failing.set('deleteCopy', failure);
  await rekey.open('#/hosts');
  await page.getByRole('button', { name: `Delete ${COPY}…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alert')).toContainText('No backup. Nothing was changed.');
  await expect(page.getByRole('alertdialog')).toBeVisible();
});

test('after a rotation, what it left behind can be cleaned up from its page, as long as it is there', async ({
  rekey,
  page,
}) => {
  const owner = { kind: 'host', id: 'claude-code', name: 'Claude Code' } as const;
  const ended = rotationOf(rekey.core.ask(agent), 'ended');
  rekey.core.approvals = [];
  const rotation = rekey.core.putRotation({
    ...ended,
    findings: [
      { kind: 'outside-server-table', owner, file: claudeCodeFile, line: 48_213 },
      { kind: 'copy', owner, file: COPY },
      { kind: 'in-comment', owner, file: '/home/sam/.elsewhere.json', line: 2 },
    ],
  });
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByRole('button', { name: /^Redact “work” in/ })).toHaveCount(1);
  await page.getByRole('button', { name: `Delete ${COPY}…` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('button', { name: `Delete ${COPY}…` })).toHaveCount(0);
  await page.getByRole('button', { name: /^Redact “work” in/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Redact', exact: true }).click();
  await expect(page.getByRole('button', { name: /^Redact “work” in/ })).toHaveCount(0);
});

test('a rotation that changed nothing offers to clean nothing up', async ({ rekey, page }) => {
  const owner = { kind: 'host', id: 'claude-code', name: 'Claude Code' } as const;
  const ended = rotationOf(rekey.core.ask(agent), 'ended');
  rekey.core.approvals = [];
  const findings = [{ kind: 'outside-server-table', owner, file: claudeCodeFile, line: 48_213 } as const];
  const rotation = rekey.core.putRotation({ ...ended, outcome: 'declined', findings });
  await rekey.open(`#/rotation/${rotation.id}`);
  await expect(page.getByText('The key stands outside the settings of a server.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Redact/ })).toHaveCount(0);
});
