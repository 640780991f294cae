import { agent, expect, test } from './page-test.ts';

test('the keys are listed with service, masked key, age, state and the places where they stand', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  const work = page.getByRole('listitem').filter({ hasText: 'BitScale' });
  await expect(work).toContainText('work');
  await expect(work).toContainText('sk-live-•••• (3f9a1c2b4d5e)');
  await expect(work).toContainText('rotated 3 days ago');
  await expect(work).toContainText('OK');
  await expect(work).toContainText('3 places in Claude Desktop, Claude Code, and Cursor');
  await expect(page.getByRole('listitem').filter({ hasText: 'Log10x' })).toContainText('not rotated yet');
  await expect(page).toHaveTitle('Keys · Rekey');
});

test('a cooldown is counted down', async ({ rekey, page }) => {
  await page.clock.install();
  await rekey.open();
  const wallet = page.getByRole('listitem').filter({ hasText: 'Lightning Faucet' });
  await expect(wallet).toContainText('Withdrawals blocked for 42 min');
  await page.clock.runFor('20:00');
  await expect(wallet).toContainText('Withdrawals blocked for 22 min');
  await page.clock.runFor('22:00');
  await expect(wallet).not.toContainText('blocked');
});

test('a key is verified, and the answer of the service is shown', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'More for “work”' }).click();
  await page.getByRole('menuitem', { name: 'Verify' }).click();
  await expect(page.getByText('BitScale accepts this key. Account: Northwind.')).toBeVisible();
  await page.getByRole('button', { name: 'More for “market”' }).click();
  await page.getByRole('menuitem', { name: 'Verify' }).click();
  await expect(page.getByText('a2amarket refuses this key.')).toBeVisible();
  await expect(page.getByText('it answered 401')).toBeVisible();
});

test('a key is copied without coming to the page', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'More for “work”' }).click();
  await page.getByRole('menuitem', { name: 'Copy key' }).click();
  await expect(page.getByText('Copied. The clipboard is cleared after 30 seconds.')).toBeVisible();
});

test('a key is removed after a question whose default is Cancel', async ({ rekey, page }) => {
  await rekey.open();
  const openDialog = async () => {
    await page.getByRole('button', { name: 'More for “work”' }).click();
    await page.getByRole('menuitem', { name: 'Remove…' }).click();
  };
  await openDialog();
  const dialog = page.getByRole('alertdialog', { name: 'Remove “work” from Rekey?' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(rekey.core.inputsOf('removeCredential')).toEqual([]);
  await openDialog();
  await dialog.getByRole('button', { name: 'Remove “work”' }).click();
  await expect(page.getByText('“work” was removed.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'work' })).toBeHidden();
});

test('a key that stands nowhere else is removed only when its name is typed', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'More for “market”' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove “market” from Rekey?' });
  await expect(dialog).toContainText('This may be the only copy');
  const remove = dialog.getByRole('button', { name: 'Remove “market”' });
  await expect(remove).toBeDisabled();
  const typed = dialog.getByRole('textbox', { name: 'To remove it, type its name: market' });
  await typed.fill('work');
  await expect(remove).toBeDisabled();
  await typed.fill('market');
  await remove.click();
  await expect(page.getByText('“market” was removed.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'market' })).toBeHidden();
});

test('a key is added with the settings of its service', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog.getByText('Choose the service that the key belongs to.')).toBeVisible();
  await expect(dialog.getByText('Paste the key.')).toBeVisible();

  await dialog.getByRole('button', { name: /Service/ }).click();
  await page.getByRole('option', { name: 'a2amarket' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('second market');
  const key = dialog.getByRole('textbox', { name: 'Key' });
  await key.fill('ak_0123456789\n');
  await expect(key).toHaveAttribute('type', 'password');
  await dialog.getByRole('button', { name: 'Show the key' }).click();
  await expect(key).toHaveAttribute('type', 'text');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog.getByText('This is needed for a2amarket.')).toBeVisible();
  await dialog.getByLabel('Agent id').fill('agt_9');
  await dialog.getByLabel('Address of the service').fill('https://api.a2amarket.md');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'second market' })).toBeVisible();
  expect(rekey.core.inputsOf('addCredential')).toEqual([
    {
      name: 'second market',
      provider: 'a2amarket',
      key: 'ak_0123456789',
      baseUrl: 'https://api.a2amarket.md',
      settings: { agent_id: 'agt_9' },
    },
  ]);
});

test('a key that the service refuses is kept only when the person says so', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Add key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a key' });
  await dialog.getByRole('button', { name: /Service/ }).click();
  await page.getByRole('option', { name: 'BitScale' }).click();
  await dialog.getByLabel('Name', { exact: true }).fill('old');
  await dialog.getByRole('textbox', { name: 'Key' }).fill('sk-live-refused');
  await dialog.getByRole('button', { name: 'Add key' }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    'BitScale does not accept this key (it answered 401). Nothing was stored.',
  );
  await dialog.getByRole('button', { name: 'Keep it all the same' }).click();
  await expect(page.getByRole('heading', { name: 'old', exact: true })).toBeVisible();
  expect(rekey.core.inputsOf('addCredential').at(-1)).toMatchObject({ evenIfRefused: true });
});

test('without keys the page says what to do', async ({ rekey, page }) => {
  rekey.core.credentials = [];
  await rekey.open();
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Add key' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a key' })).toBeVisible();
});

test('locked keys are unlocked with the passphrase, and a wrong one is told', async ({ rekey, page }) => {
  rekey.core.keychain = { kind: 'file', status: 'locked', problem: null };
  rekey.core.credentials = rekey.core.credentials.map((one) => ({ ...one, state: 'locked' }));
  await rekey.open();
  await expect(page.getByRole('button', { name: 'Rotate “work”…' })).toBeDisabled();
  await page.getByLabel('Passphrase').fill('wrong');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByRole('alert')).toContainText('The passphrase is not the right one.');
  await page.getByLabel('Passphrase').fill('correct horse');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Your keys are locked' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Rotate “work”…' })).toBeEnabled();
});

test('without a keychain the encrypted file is chosen in so many words, never in silence', async ({ rekey, page }) => {
  rekey.core.keychain = { kind: null, status: 'absent', problem: null };
  rekey.core.credentials = [];
  await rekey.open();
  await expect(page.getByRole('heading', { name: 'Where should your keys be kept?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add key' })).toBeHidden();
  const choose = page.getByRole('button', { name: 'Keep my keys in an encrypted file' });
  await page.getByLabel('Passphrase', { exact: true }).fill('short');
  await choose.click();
  await expect(page.getByText('Take at least 8 characters.')).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse');
  await choose.click();
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  expect(rekey.core.inputsOf('chooseKeychain')).toEqual([]);
  await page.getByLabel('Passphrase, once more').fill('correct horse');
  await choose.click();
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  expect(rekey.core.inputsOf('chooseKeychain')).toEqual([{ kind: 'file', passphrase: 'correct horse' }]);
});

test('a request of an agent shows at once, and leads to its confirmation', async ({ rekey, page }) => {
  await rekey.open();
  // The page has to listen before it can be told.
  await expect.poll(() => rekey.core.inputsOf('listApprovals').length).toBeGreaterThan(0);
  const { id } = rekey.core.ask(agent);
  await expect(page.getByText('claude-code asks to rotate “work”.')).toBeVisible();
  await expect(page).toHaveTitle('(1) Keys · Rekey');
  await page.getByRole('link', { name: 'Look at it' }).click();
  await expect(page).toHaveURL(`${rekey.url}confirmation.html?id=${id}`);
  await expect(page.getByRole('heading', { name: 'Rotate “work”?' })).toBeVisible();
});

test('an error of the core is shown with what to do about it', async ({ rekey, page }) => {
  rekey.core.failing.set('requestRotation', {
    code: 'rotation-running',
    message: 'A rotation of “work” is under way. Nothing was changed.',
    wayOut: 'Wait until it has ended.',
  });
  await rekey.open();
  await page.getByRole('button', { name: 'Rotate “work”…' }).click();
  await expect(page.getByRole('alert')).toContainText('A rotation of “work” is under way. Nothing was changed.');
  await expect(page.getByRole('alert')).toContainText('Wait until it has ended.');
});

test('an operator has the key of one of its agents rotated', async ({ rekey, page }) => {
  await rekey.open();
  await page.getByRole('button', { name: 'More for “wallet”' }).click();
  await page.getByRole('menuitem', { name: 'Rotate an agent’s key…' }).click();
  await page.getByLabel('Agent ID').fill('7');
  await page.getByRole('button', { name: 'Go on to the confirmation' }).click();
  await expect(page.getByRole('heading', { name: 'Rotate “agent 7”?' })).toBeVisible();
  await expect(page.getByText('asked for with “wallet”, which stays as it is')).toBeVisible();
  await expect(page.getByText('Lightning Faucet blocks withdrawals for 30 min.')).toBeVisible();
});
