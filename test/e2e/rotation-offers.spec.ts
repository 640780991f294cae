import type { Page } from 'playwright/test';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { agent, expect, type PageUnderTest, test } from './page-test.ts';
import { OVERLAP, UNDO } from './scripted/plan.ts';
import { ends } from './scripted/rotation.ts';

/** A rotation of “work” that stands as `end` says. */
function put({ core }: PageUnderTest, end: keyof typeof ends): Rotation {
  const approval = core.ask(agent);
  core.approvals = [];
  return core.putRotation(ends[end](approval));
}

async function show(rekey: PageUnderTest, end: keyof typeof ends): Promise<Rotation> {
  const rotation = put(rekey, end);
  await rekey.open(`#/rotation/${rotation.id}`);
  return rotation;
}

const step = (page: Page, words: string) =>
  page
    .getByRole('list')
    .filter({ hasText: 'Check everything beforehand' })
    .getByRole('listitem')
    .filter({ hasText: words });

test.describe('a key that the person makes', () => {
  test('is asked for from the menu of a key, confirmed, pasted and put in place', async ({ rekey, page }) => {
    await rekey.open();
    await page.getByRole('button', { name: 'More for “work”' }).click();
    await page.getByRole('menuitem', { name: 'Rotate by hand…' }).click();
    await expect(page.getByRole('heading', { name: 'Rotate “work” by hand?' })).toBeVisible();
    await expect(
      page.getByText('You make a new key on the page of BitScale, leave the old one as it is, and paste the new one'),
    ).toBeVisible();
    await expect(page.getByText('You revoke the old key on the page of BitScale.')).toBeVisible();
    await expect(page.getByText('It asks BitScale for a new key, once.')).toBeHidden();
    await page.getByRole('button', { name: 'Rotate “work”' }).click();
    await page.getByRole('link', { name: 'Paste the new key' }).click();
    await expect(step(page, 'You make the new key at BitScale and paste it')).toContainText('waits');
    await expect(page.getByRole('link', { name: 'Open the keys page of BitScale' })).toHaveAttribute(
      'href',
      'https://app.bitscale.ai/settings/api',
    );
    const field = page.getByLabel('New key', { exact: true });
    await expect(field).toHaveAttribute('type', 'password');
    await field.fill('  sk-live-made-by-hand\n');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
    await expect(page.getByText('The old key still works. Revoke it on the page of BitScale')).toBeVisible();
    expect(rekey.core.inputsOf('requestRotation')).toMatchObject([{ byHand: true }]);
    expect(rekey.core.inputsOf('adoptKey')).toMatchObject([{ key: 'sk-live-made-by-hand' }]);
  });

  test('of a service without a call for it is what Rotate does, with no second way in the menu', async ({
    rekey,
    page,
  }) => {
    rekey.core.providers = rekey.core.providers.map((provider) => ({ ...provider, strategy: 'manual' }));
    await rekey.open();
    await page.getByRole('button', { name: 'More for “work”' }).click();
    await expect(page.getByRole('menuitem', { name: 'Verify' })).toBeVisible();
    await expect(page.getByRole('menuitem', { name: 'Rotate by hand…' })).toBeHidden();
  });

  test('that the service refuses is taken only when the person says so, and stays in the field', async ({
    rekey,
    page,
  }) => {
    const { id } = await show(rekey, 'by-hand');
    const anyway = page.getByRole('checkbox', { name: 'Take it although BitScale refuses it' });
    await page.getByLabel('New key', { exact: true }).fill('sk-live-refused');
    await expect(anyway).toBeHidden();
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByRole('alert')).toContainText(
      'BitScale does not accept this key (it answered 401). Nothing was changed.',
    );
    await anyway.check();
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
    expect(rekey.core.inputsOf('adoptKey')).toEqual([
      { id, key: 'sk-live-refused', companions: {}, settings: {} },
      { id, key: 'sk-live-refused', companions: {}, settings: {}, evenIfRefused: true },
    ]);
  });

  test('comes with what the service shows beside it, each of which may be left empty', async ({ rekey, page }) => {
    const companions = [{ name: 'hmac_secret', envName: 'BITSCALE_HMAC' }];
    const settings = [{ name: 'key_id', label: 'Key id', hint: 'As the list of keys shows it.', required: true }];
    rekey.core.providers = rekey.core.providers.map((one) => ({
      ...one,
      companions,
      settings,
      settingsOfKey: ['key_id'],
    }));
    const { id } = await show(rekey, 'by-hand');
    await page.getByLabel('New key', { exact: true }).fill('sk-live-made-by-hand');
    await expect(page.getByText('which stands in BITSCALE_HMAC. Leave this empty if it has not changed')).toBeVisible();
    await page.getByLabel('hmac_secret (may be left empty)').fill(' hm-new ');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
    expect(rekey.core.inputsOf('adoptKey')).toEqual([
      { id, key: 'sk-live-made-by-hand', companions: { hmac_secret: 'hm-new' }, settings: {} },
    ]);
  });

  test('is missed when the field is empty, and asked about anew when another one is typed', async ({ rekey, page }) => {
    await show(rekey, 'by-hand');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByText('Paste the key.')).toBeVisible();
    expect(rekey.core.inputsOf('adoptKey')).toEqual([]);
    await page.getByLabel('New key', { exact: true }).fill('sk-live-refused');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByRole('checkbox')).toBeVisible();
    await page.getByLabel('New key', { exact: true }).fill('sk-live-another');
    await expect(page.getByRole('checkbox')).toBeHidden();
  });

  test('takes the place of one that was lost, from the list of keys on', async ({ rekey, page }) => {
    const { id } = put(rekey, 'lost');
    rekey.core.changeCredential('work', { state: 'needs-you', rotationId: id });
    await rekey.open();
    await page.getByRole('link', { name: 'Paste the new key' }).click();
    await expect(page.getByText('BitScale made a new key, but Rekey did not get it')).toBeVisible();
    await page.getByLabel('New key', { exact: true }).fill('sk-live-made-by-hand');
    await page.getByRole('button', { name: 'Put it in place' }).click();
    await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  });

  test('can be pasted while it is not known whether the old one lives', async ({ rekey, page }) => {
    await show(rekey, 'in-doubt');
    await expect(page.getByText('If the old one no longer works, make a new one')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});

test('giving up asks once more, says what stays, and ends the rotation', async ({ rekey, page }) => {
  const { id } = await show(rekey, 'by-hand');
  await page.getByRole('button', { name: 'Give up…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Give this rotation of “work” up?' });
  await expect(dialog).toContainText('Nothing was changed, and “work” keeps its old key.');
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect(rekey.core.inputsOf('giveUpRotation')).toEqual([]);
  await page.getByRole('button', { name: 'Give up…' }).click();
  await page.getByRole('button', { name: 'Give it up' }).click();
  await expect(page.getByText('You gave this rotation up')).toBeVisible();
  await expect(page.getByLabel('New key', { exact: true })).toBeHidden();
  expect(rekey.core.inputsOf('giveUpRotation')).toEqual([{ id }]);
});

test.describe('when the keychain does not take the new key', () => {
  test('it is unlocked on the spot, and the rotation tried again', async ({ rekey, page }) => {
    rekey.core.keychain = { kind: 'file', status: 'locked', problem: null };
    const { id } = await show(rekey, 'waiting');
    await expect(page.getByRole('button', { name: 'Copy the key now' })).toBeHidden();
    await page.getByLabel('Passphrase').fill('correct horse');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await expect(page.getByLabel('Passphrase')).toBeHidden();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
    expect(rekey.core.inputsOf('resumeRotation')).toEqual([{ id }]);
  });

  test('nor the disk, it is told not to quit, and the key can be copied', async ({ rekey, page }) => {
    rekey.core.keychain = { kind: 'os', status: 'failed', problem: null };
    const { id } = await show(rekey, 'memory-only');
    await expect(page.getByText('in Rekey’s memory only: do not quit Rekey before it is stored')).toBeVisible();
    await page.getByRole('button', { name: 'Copy the key now' }).click();
    await expect(page.getByText('Copied. The clipboard is cleared after 30 seconds.')).toBeVisible();
    expect(rekey.core.inputsOf('copyNewKey')).toEqual([{ id }]);
  });
});

test.describe('the old key that works on', () => {
  test('is told of with the time, who ends it, and the steps that are still to come', async ({ rekey, page }) => {
    await show(rekey, 'grace');
    await expect(page.getByText(/^The old key works until .+\. Rekey revokes it then\.$/)).toBeVisible();
    await expect(step(page, 'Let the old key work on')).toContainText('waits');
    await expect(step(page, 'Revoke the old key')).toContainText('not yet');
  });

  test('is revoked at once when the person says so, after they have read what it means', async ({ rekey, page }) => {
    const { id } = await show(rekey, 'grace');
    await page.getByRole('button', { name: 'Revoke the old key now…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Revoke the old key of “work” now?' });
    await expect(dialog).toContainText('there is no way back to it');
    await dialog.getByRole('button', { name: 'Revoke it now' }).click();
    await expect(page.getByText('Rekey has revoked the old key at BitScale.')).toBeVisible();
    await expect(step(page, 'Revoke the old key')).toContainText('done');
    expect(rekey.core.inputsOf('revokeOldKey')).toEqual([{ id }]);
  });

  test('that still stands in files is revoked only after these were named', async ({ rekey, page }) => {
    const { id } = await show(rekey, 'held');
    await expect(page.getByText('The old key still works: it could not be revoked')).toBeVisible();
    await page.getByRole('button', { name: 'Revoke the old key now…' }).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog.getByRole('listitem')).toHaveText(['/home/sam/.claude.json']);
    await expect(dialog).toContainText('what reads them stops working');
    await dialog.getByRole('button', { name: 'Revoke it all the same' }).click();
    await expect(page.getByText('left as it is, as you said')).toBeVisible();
    expect(rekey.core.inputsOf('revokeOldKey')).toEqual([{ id, skipLeft: true }]);
  });

  test('that the service finds in a file after all is named too, and can be revoked all the same', async ({
    rekey,
    page,
  }) => {
    const { id } = await show(rekey, 'grace');
    rekey.core.failing.set('revokeOldKey', {
      code: 'not-revoked',
      message: 'The old key of “work” was not revoked: it stands, or may stand, in /home/sam/.zshrc.',
      wayOut: 'See to it first.',
    });
    await page.getByRole('button', { name: 'Revoke the old key now…' }).click();
    await page.getByRole('button', { name: 'Revoke it now' }).click();
    await expect(page.getByRole('alertdialog').getByRole('alert')).toContainText('/home/sam/.zshrc');
    rekey.core.failing.clear();
    await page.getByRole('button', { name: 'Revoke it all the same' }).click();
    await expect(page.getByText('Rekey has revoked the old key at BitScale.')).toBeVisible();
    expect(rekey.core.inputsOf('revokeOldKey')[1]).toEqual({ id, skipLeft: true });
  });

  test('of a rotation by hand is revoked by the person, who then says so', async ({ rekey, page }) => {
    await show(rekey, 'to-revoke-by-hand');
    await expect(page.getByText('The old key still works. Revoke it on the page of BitScale')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Open the keys page of BitScale' })).toBeVisible();
    await page.getByRole('button', { name: 'I have revoked it' }).click();
    await page.getByRole('button', { name: 'Yes, it is revoked' }).click();
    await expect(page.getByText('You have revoked the old key at BitScale.')).toBeVisible();
  });

  test('that the service ends by itself is told of, and nothing is offered', async ({ rekey, page }) => {
    await show(rekey, 'ended-by-service');
    await expect(page.getByText(/^The old key works until .+\. BitScale ends it then\.$/)).toBeVisible();
    await expect(step(page, 'BitScale ends the old key')).toContainText('not yet');
    await expect(page.getByRole('button', { name: /Revoke|Go back/ })).toHaveCount(0);
  });

  test('comes back when the person confirms it', async ({ rekey, page }) => {
    const { id, target } = await show(rekey, 'grace');
    await page.getByRole('button', { name: 'Go back to the old key…' }).click();
    await expect(page.getByRole('heading', { name: 'Go back to the earlier key of “work”?' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'asks to go back to the earlier key' })).toBeVisible();
    await expect(page.getByText('It writes the earlier key into 3 places, in 3 files.')).toBeVisible();
    await expect(page.getByText('It revokes the newer key at BitScale.')).toBeVisible();
    await page.getByRole('button', { name: 'Go back to the earlier key' }).click();
    await expect(page.getByText('“work” is back at its earlier key', { exact: true })).toBeVisible();
    expect(rekey.core.inputsOf('requestRotation')).toEqual([{ credential: target.id, undo: id }]);
  });

  test('is the newer one after an undo', async ({ rekey, page }) => {
    await show(rekey, 'undo');
    await expect(page.getByText('Rekey has revoked the newer key at BitScale.')).toBeVisible();
    await expect(step(page, 'Take the earlier key from the keychain')).toContainText('done');
    await expect(page.getByText('Ask BitScale for a new key')).toBeHidden();
  });

  test('is shown beside its key, with the same choices', async ({ rekey, page }) => {
    put(rekey, 'grace');
    await rekey.open();
    const key = page.getByRole('list', { name: 'Keys' }).getByRole('listitem').filter({ hasText: 'work' });
    await expect(key.getByText(/^The old key works until /)).toBeVisible();
    await key.getByRole('button', { name: 'Revoke the old key of “work” now…' }).click();
    await page.getByRole('button', { name: 'Revoke it now' }).click();
    await expect(key.getByText(/^The old key works/)).toBeHidden();
  });

  test('that could not be revoked needs the person, on every page', async ({ rekey, page }) => {
    const { id } = put(rekey, 'held');
    rekey.core.putRotation({ ...rekey.core.rotations[0], outcome: 'done', id } as Rotation);
    await rekey.open('#/activity');
    await expect(page.getByText('“work” has a new key, and the old one is not revoked yet')).toBeVisible();
  });
});

test.describe('for how long the old key works on', () => {
  test('is chosen in the confirmation, and told in its steps', async ({ rekey, page }) => {
    await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, OVERLAP).id);
    const choices = page.getByRole('group', { name: 'How long the old key works on' });
    await expect(choices.getByRole('radio')).toHaveCount(4);
    await expect(choices.getByRole('radio', { name: 'Not at all: it is revoked' })).toBeChecked();
    await expect(page.getByText('It revokes the old key at BitScale, once no file holds it')).toBeVisible();
    await choices.getByRole('radio', { name: '1 day' }).check();
    await expect(page.getByText('It lets the old key work for 1 day, then revokes it at BitScale')).toBeVisible();
    await page.getByRole('button', { name: 'Rotate “work”' }).click();
    await expect.poll(() => rekey.core.inputsOf('approve')).toMatchObject([{ graceMinutes: 1_440 }]);
  });

  test('is not asked where the service leaves no choice', async ({ rekey, page }) => {
    await rekey.openConfirmation(rekey.core.ask(agent).id);
    await expect(page.getByRole('button', { name: 'Rotate “work”' })).toBeEnabled();
    await expect(page.getByRole('radio')).toHaveCount(0);
    await page.getByRole('button', { name: 'Rotate “work”' }).click();
    await expect.poll(() => rekey.core.inputsOf('approve')).toHaveLength(1);
    expect(rekey.core.inputsOf('approve')[0]).not.toHaveProperty('graceMinutes');
  });

  test('that the service itself counts is told as its doing', async ({ rekey, page }) => {
    const grace = { choices: [30, 60], default: 30 };
    const change = { grace, consequences: [{ kind: 'old-key-works-for-a-while' as const }] };
    await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, change).id);
    await expect(page.getByText('BitScale ends the old key after 30 minutes.')).toBeVisible();
  });
});

test('an undo whose newer key only the person can revoke says so', async ({ rekey, page }) => {
  await rekey.openConfirmation(rekey.core.ask(agent, 'work', null, { ...UNDO, consequences: [] }).id);
  await expect(page.getByText('You revoke the newer key on the page of BitScale.')).toBeVisible();
});
