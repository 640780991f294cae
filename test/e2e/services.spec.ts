import type { Page } from 'playwright/test';
import { changed, exampleText } from '../providers/described/example.ts';
import { expect, test } from './page-test.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Other services' });

test('a service is described in a form, by the keyboard, and stands in the list', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  await expect(section(page)).toContainText('No service was described.');
  await section(page).getByRole('button', { name: 'Describe a service…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Describe a service' });
  await expect(dialog.getByRole('textbox', { name: 'Name of the service' })).toBeFocused();
  await page.keyboard.type('Acme Mail');
  await dialog.getByRole('textbox', { name: 'Page where its keys are made' }).fill('https://acme.example.com/keys');
  await dialog.getByRole('textbox', { name: 'Variables that hold its key' }).fill('ACME_KEY ACME_TOKEN');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Acme Mail is there now' })).toBeVisible();
  const row = section(page).getByRole('listitem').filter({ hasText: 'Acme Mail' });
  await expect(row).toContainText('You make its keys by hand. It can’t be asked about a key.');
  await expect(row).toContainText('services/acme-mail.json');
  expect(rekey.core.inputsOf('saveService')).toEqual([
    {
      draft: {
        form: { name: 'Acme Mail', page: 'https://acme.example.com/keys', envNames: ['ACME_KEY', 'ACME_TOKEN'] },
      },
    },
  ]);
});

test('what is wrong in the form is told at its field, and nothing is saved', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  await section(page).getByRole('button', { name: 'Describe a service…' }).click();
  const dialog = page.getByRole('dialog');
  const field = (name: string) => dialog.getByRole('textbox', { name });
  await dialog.getByRole('button', { name: 'Save service' }).click();
  for (const [name, words] of [
    ['Name of the service', 'Give the name of the service.'],
    ['Page where its keys are made', 'Give the page where keys are made.'],
    ['Variables that hold its key', 'Give a variable that holds the key.'],
  ] as const)
    await expect(field(name)).toHaveAccessibleDescription(new RegExp(words));
  await field('Name of the service').fill('Acme');
  await field('Page where its keys are made').fill('http://acme.example.com');
  await field('Variables that hold its key').fill('ACME-KEY');
  await field('Pattern of a key (optional)').fill('.*');
  await dialog.getByRole('button', { name: 'Ask the service about a key' }).click();
  await field('Address').fill('https://api.example.com/me');
  await field('Value of the header').fill('Bearer sk-live-0123456789');
  await dialog.getByRole('button', { name: 'Save service' }).click();
  await expect(field('Page where its keys are made')).toHaveAccessibleDescription(
    /must be an address that begins with https/,
  );
  await expect(field('Variables that hold its key')).toHaveAccessibleDescription(
    /This must be the name of a variable\./,
  );
  await expect(field('Pattern of a key (optional)')).toHaveAccessibleDescription(/lets through spaces/);
  await expect(field('Value of the header')).toHaveAccessibleDescription(/must hold \{key\}/);
  expect(rekey.core.inputsOf('saveService')).toEqual([]);
});

test('a description is taken from a file, its problems told with their lines until it is right', async ({
  rekey,
  page,
}) => {
  await rekey.open('#/settings');
  await section(page).getByRole('button', { name: 'Take in a description…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('textbox')).toHaveAccessibleDescription('Choose a file, or write a description.');
  const choose = async (text: string): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Choose a file…' }).click(),
    ]);
    await chooser.setFiles({ name: 'service.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await choose(changed('in-place', { version: 3, page: 'http://quill.example.com' }));
  await expect(dialog.getByRole('textbox')).toHaveValue(/"version": 3/);
  await dialog.getByRole('button', { name: 'Save' }).click();
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('2 things are to be corrected');
  await expect(alert.getByRole('listitem')).toHaveText([
    'Line 2, version: must be 1.',
    'Line 5, page: must be an address that begins with https://.',
  ]);
  // The first of them is selected, to be written over.
  await expect(dialog.getByRole('textbox')).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('  "version": 3,');
  await choose('{ "version": 1');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(alert.getByRole('listitem')).toHaveText(['Line 1: a } is missing.']);
  await choose(exampleText('in-place'));
  await expect(alert).toBeHidden();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(section(page).getByRole('listitem').filter({ hasText: 'Quill Mail' })).toContainText(
    'Rekey rotates its keys in place.',
  );
  expect(rekey.core.services.texts.get('quill-mail')).toBe(exampleText('in-place'));
});

test('another description of the same service takes its place only when the person says so', async ({
  rekey,
  page,
}) => {
  rekey.core.services.texts.set('quill-mail', exampleText('in-place'));
  await rekey.open('#/settings');
  await section(page).getByRole('button', { name: 'Take in a description…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill(changed('in-place', { name: 'Quill Post' }));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('“Quill Post” is described already');
  expect(rekey.core.inputsOf('saveService')).toEqual([]);
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect(section(page).getByRole('heading', { name: 'Quill Post' })).toBeVisible();
});

test('an example is looked at, changed and saved', async ({ rekey, page }) => {
  await rekey.open('#/settings');
  await section(page).getByRole('button', { name: 'Examples of descriptions' }).click();
  const look = section(page).getByRole('button', { name: /^Look at it: / });
  await expect(look).toHaveCount(3);
  await section(page).getByRole('button', { name: 'Look at it: A second key, then the first one is revoked' }).click();
  const text = page.getByRole('dialog').getByRole('textbox');
  await expect(text).toHaveValue(exampleText('overlap'));
  await text.fill(exampleText('overlap').replace('Harbor Metrics', 'My Metrics'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(section(page).getByRole('heading', { name: 'My Metrics' })).toBeVisible();
});

test('a described service is changed and removed, unless keys are of it', async ({ rekey, page }) => {
  rekey.core.services.texts.set('lantern-search', exampleText('by-hand'));
  rekey.core.services.usedBy.set('lantern-search', ['search', 'other']);
  await rekey.open('#/settings');
  const row = section(page).getByRole('listitem').filter({ hasText: 'Lantern Search' });
  await expect(row).toContainText('Keys: search and other');
  await row.getByRole('button', { name: 'Change the description of Lantern Search…' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveValue(exampleText('by-hand'));
  await page
    .getByRole('dialog')
    .getByRole('textbox')
    .fill(changed('by-hand', { verify: undefined }));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('It can’t be asked about a key.');

  await row.getByRole('button', { name: 'Remove the description of Lantern Search…' }).click();
  const question = page.getByRole('alertdialog', { name: 'Remove Lantern Search?' });
  await question.getByRole('button', { name: 'Remove Lantern Search' }).click();
  await expect(question.getByRole('alert')).toContainText('Keys of this service are in Rekey: “search”, “other”.');
  rekey.core.services.usedBy.clear();
  await question.getByRole('button', { name: 'Remove Lantern Search' }).click();
  await expect(section(page)).toContainText('No service was described.');
  await expect(page.getByRole('heading', { name: 'Other services' })).toBeFocused();
});

test('a file that is no description any more is told with its lines, and can be put right', async ({ rekey, page }) => {
  rekey.core.services.broken = [
    {
      id: 'lantern-search',
      file: '/home/sam/.local/share/rekey/services/lantern-search.json',
      text: changed('by-hand', { version: 3 }),
      problems: [{ line: 2, field: 'version', message: 'must be 1' }],
    },
    {
      id: 'locked',
      file: '/home/sam/.local/share/rekey/services/locked.json',
      text: null,
      problems: [{ line: 1, field: '', message: 'it can’t be read (EACCES)' }],
    },
  ];
  await rekey.open('#/settings');
  await expect(section(page)).toContainText('Line 2, version: must be 1.');
  await expect(section(page)).toContainText('Line 1: it can’t be read (EACCES).');
  await expect(section(page).getByRole('button', { name: 'Change the description of locked…' })).toHaveCount(0);
  await section(page).getByRole('button', { name: 'Change the description of lantern-search…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(exampleText('by-hand'));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(section(page).getByRole('heading', { name: 'Lantern Search' })).toBeVisible();
  await expect(section(page)).not.toContainText('Line 2');
});

test('a service that is not in the list is described while a key is added, and is chosen then', async ({
  rekey,
  page,
}) => {
  await rekey.open();
  await page.getByRole('button', { name: 'Add key' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a key' });
  await adding.getByRole('textbox', { name: 'Name' }).fill('post');
  await adding.getByRole('button', { name: 'My service is not in the list…' }).click();
  const describing = page.getByRole('dialog', { name: 'Describe a service' });
  await describing.getByRole('textbox', { name: 'Name of the service' }).fill('Acme Mail');
  await describing.getByRole('textbox', { name: 'Page where its keys are made' }).fill('https://acme.example.com/keys');
  await describing.getByRole('textbox', { name: 'Variables that hold its key' }).fill('ACME_KEY');
  await describing.getByRole('button', { name: 'Save service' }).click();
  await expect(describing).toBeHidden();
  await expect(adding.getByRole('button', { name: /Service/ })).toContainText('Acme Mail');
  await expect(adding.getByRole('textbox', { name: 'Name' })).toHaveValue('post');
  await adding.getByRole('button', { name: /Service/ }).click();
  await expect(page.getByRole('option', { name: 'Acme Mail' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(adding).toBeVisible();
});

test('the page stays within a narrow window', async ({ rekey, page }) => {
  rekey.core.services.texts.set('lantern-search', exampleText('by-hand'));
  await page.setViewportSize({ width: 360, height: 740 });
  await rekey.open('#/settings');
  await section(page).getByRole('button', { name: 'Change the description of Lantern Search…' }).click();
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
