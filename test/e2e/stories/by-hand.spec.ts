import { askToRotate, confirm, expect, expectNoKeyOn, KeyOnDisk, test } from './core-story.ts';

test('a service that Rekey does not know is described in a form, and its key is made by hand and put in place', async ({
  page,
  sandbox,
  shell,
  resend,
}) => {
  const old = resend.key;
  const onDisk = await KeyOnDisk.place(sandbox, 'ACME_KEY', old);
  await page.goto(shell.address);
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Add key' }).first().click();
  const adding = page.getByRole('dialog', { name: 'Add a key' });
  await adding.getByRole('button', { name: 'My service is not in the list…' }).click();
  const describing = page.getByRole('dialog', { name: 'Describe a service' });
  const describe = async (field: string, text: string): Promise<void> =>
    describing.getByRole('textbox', { name: field }).fill(text);
  await describe('Name of the service', 'Acme Mail');
  await describe('Page where its keys are made', 'https://acme.example.com/keys');
  await describe('Variables that hold its key', 'ACME_KEY');
  await describing.getByRole('button', { name: 'Ask the service about a key' }).click();
  await describe('Address', `${resend.url}/api-keys`);
  await describe('Value of the header', 'Bearer {key}');
  await describing.getByRole('button', { name: 'Save service' }).click();
  await expect(adding.getByRole('button', { name: /Service/ })).toContainText('Acme Mail');
  await adding.getByLabel('Name', { exact: true }).fill('post');
  await adding.getByRole('textbox', { name: 'Key' }).fill(old);
  await adding.getByRole('button', { name: 'Add key' }).click();
  await expect(page.getByRole('heading', { name: 'post' })).toBeVisible();

  await askToRotate(page, 'post');
  await expect(page.getByText('You revoke the old key on the page of Acme Mail.')).toBeVisible();
  await confirm(page, 'post');
  await page.getByRole('link', { name: 'Paste the new key' }).click();
  await onDisk.expect(old);
  // What the person does on the service's page: makes a key, and later takes the old one away.
  const made = resend.addKey('made by hand');
  await page.getByLabel('New key', { exact: true }).fill(made.value);
  await page.getByRole('button', { name: 'Put it in place' }).click();
  await expect(page.getByText('“post” has a new key', { exact: true })).toBeVisible();
  await onDisk.expect(made.value);
  expect(resend.takes(old)).toBe(true);

  resend.removeKey(old);
  await page.getByRole('button', { name: 'I have revoked it' }).click();
  await page.getByRole('button', { name: 'Yes, it is revoked' }).click();
  await expect(page.getByText('You have revoked the old key at Acme Mail.')).toBeVisible();
  await expectNoKeyOn(page, old, made.value);
  expect(resend.takes(made.value)).toBe(true);
  // Rekey has asked it about keys, and for nothing else.
  expect([...new Set(resend.requests.map(({ method }) => method))]).toEqual(['GET']);
  expect([resend.rotationRequests, resend.rotations, resend.revocations]).toEqual([0, 0, 0]);
});
