import { expect, test } from './page-test.ts';

test('the switch says whether scripts may confirm, and changes it by mouse and by keyboard', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page).toHaveTitle('Settings · Rekey');
  const allow = page.getByRole('switch', { name: 'Scripts may confirm a rotation' });
  await expect(allow).toBeChecked();
  await expect(allow).toHaveAccessibleDescription(/--confirm rotate-now.*only its own confirmation window/);
  await allow.click();
  await expect.poll(() => rekey.core.settings.allowScriptedConfirmation).toBe(false);
  await expect(allow).not.toBeChecked();
  await allow.press('Space');
  await expect.poll(() => rekey.core.settings.allowScriptedConfirmation).toBe(true);
  await expect(allow).toBeChecked();
  expect(rekey.core.inputsOf('changeSettings')).toEqual([
    { allowScriptedConfirmation: false },
    { allowScriptedConfirmation: true },
  ]);
});

test('whoever turns the switch quickly gets what was chosen last', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  const allow = page.getByRole('switch');
  await allow.focus();
  for (let turn = 0; turn < 5; turn++) await page.keyboard.press('Space');
  await expect.poll(() => rekey.core.inputsOf('changeSettings').length).toBe(5);
  await expect(allow).not.toBeChecked();
  expect(rekey.core.settings.allowScriptedConfirmation).toBe(false);
});

test('a switch that could not be changed says so and stays as it is', async ({ rekey, page }) => {
  rekey.core.failing.set('changeSettings', {
    code: 'storage-full',
    message: 'The disk is full. Nothing was changed.',
    wayOut: 'Make room on it.',
  });
  await rekey.open('#/settings');
  const allow = page.getByRole('switch');
  await allow.click();
  await expect(page.getByRole('alert')).toContainText('The disk is full. Nothing was changed.');
  await expect(allow).toBeChecked();
});

test('folders are added and removed with the keyboard alone, and each step is read out', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  await expect(page.getByText('No folder was added.')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Folder' });
  for (const folder of ['/home/sam/shop', ' /home/sam/site ']) {
    await field.fill(folder);
    await field.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: `The folder ${folder.trim()} was added.` })).toBeVisible();
    await expect(field).toHaveValue('');
  }
  const list = page.getByRole('list', { name: 'Project folders that were added' });
  await expect(list.getByRole('listitem')).toContainText(['/home/sam/shop', '/home/sam/site']);
  await list.getByRole('button', { name: 'Remove the folder /home/sam/shop' }).press('Enter');
  await expect(list.getByRole('listitem')).toContainText(['/home/sam/site']);
  await expect(page.getByRole('status').filter({ hasText: 'The folder /home/sam/shop was removed.' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Project folders' })).toBeFocused();
  expect(rekey.core.settings.projectFolders).toEqual(['/home/sam/site']);
});

test('a folder that can’t be added is told at the field, without asking the core', async ({ rekey, page }) => {
  rekey.core.settings.projectFolders = ['/home/sam/shop'];
  await rekey.open('#/settings');
  const field = page.getByRole('textbox', { name: 'Folder' });
  for (const [typed, says] of [
    ['', 'Enter the path of a folder.'],
    ['shop', 'Enter the whole path from its beginning, such as /home/sam/shop.'],
    ['/home/sam/shop/', 'This folder is in the list already.'],
  ] as const) {
    await field.fill(typed);
    await page.getByRole('button', { name: 'Add folder' }).click();
    await expect(page.getByText(says)).toBeVisible();
    await expect(field).toHaveAccessibleDescription(new RegExp(says.replaceAll('.', '\\.')));
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  expect(rekey.core.inputsOf('changeSettings')).toEqual([]);
});

test('a folder that the core refuses stays in the field, with the core’s reason', async ({ rekey, page }) => {
  rekey.core.failing.set('changeSettings', {
    code: 'settings-too-many-folders',
    message: 'These would be 1001 folders. Nothing was changed.',
    wayOut: 'Remove those that you no longer need.',
  });
  await rekey.open('#/settings');
  const field = page.getByRole('textbox', { name: 'Folder' });
  await field.fill('/home/sam/shop');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Remove those that you no longer need.');
  await expect(field).toHaveValue('/home/sam/shop');
});

test('what others change shows at once, and is not undone by a change from here', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  rekey.core.changeSettings({ allowScriptedConfirmation: false, projectFolders: ['/srv/one'] });
  await expect(page.getByRole('switch')).not.toBeChecked();
  await expect(page.getByText('/srv/one')).toBeVisible();
  // Not told to the page: as when the change comes in the same moment.
  rekey.core.settings = { ...rekey.core.settings, projectFolders: ['/srv/one', '/srv/two'] };
  await page.getByRole('textbox', { name: 'Folder' }).fill('/srv/three');
  await page.getByRole('button', { name: 'Add folder' }).click();
  await expect(page.getByText('/srv/three', { exact: true })).toBeVisible();
  expect(rekey.core.settings).toEqual({
    allowScriptedConfirmation: false,
    projectFolders: ['/srv/one', '/srv/two', '/srv/three'],
    rotateEveryDays: 90,
    welcomed: true,
  });
});

test('the keychain is told in words, as it is now', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  const keychain = page.getByRole('region', { name: 'Keychain' });
  await expect(keychain).toContainText('in the keychain of your desktop (Secret Service).Ready');
  await expect(keychain.getByRole('link')).toHaveCount(0);
  const problem = { code: 'keychain-failed', message: 'It gave an error.', wayOut: 'Log out and in again.' };
  for (const [state, words, way] of [
    [{ kind: 'file', status: 'locked', problem: null }, /encrypted with your passphrase\.Locked/, /unlock/],
    [{ kind: null, status: 'absent', problem: null }, /not chosen yet.*Not there/, /choose/],
    [
      { kind: 'os', status: 'failed', problem },
      /Does not work.*It gave an error\. Log out and in again\./,
      /try again/,
    ],
  ] as const) {
    rekey.core.keychain = state;
    rekey.core.emit({ name: 'changed', payload: { topic: 'status' } });
    await expect(keychain).toContainText(words);
    await expect(keychain.getByRole('link', { name: way })).toBeVisible();
  }
  await keychain.getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Keys', level: 1 })).toBeVisible();
});

test('it is told which version runs and where its data lie', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  const about = page.getByRole('region', { name: 'About' });
  await expect(about).toContainText('Version0.1.0');
  await expect(about).toContainText('/home/sam/.local/share/rekey');
});

test('settings that can’t be read are told, and the rest is there all the same', async ({ rekey, page }) => {
  rekey.core.failing.set('getSettings', {
    code: 'storage-unreadable',
    message: 'Rekey can’t read its settings.',
    wayOut: 'Mend the rights on the file.',
  });
  await rekey.open('#/settings');
  await expect(page.getByRole('alert')).toContainText('Mend the rights on the file.');
  await expect(page.getByRole('region', { name: 'About' })).toBeVisible();
  await expect(page.getByRole('switch')).toHaveCount(0);
});
