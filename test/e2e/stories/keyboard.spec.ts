import { expectFocusSeen, tabTo } from '../keyboard.ts';
import { expect, expectNoKeyOn, KeyOnDisk, test } from './core-story.ts';

test('a key is added and rotated with the keyboard alone, and the focus is seen at every step', async ({
  page,
  sandbox,
  shell,
  bitscale,
}) => {
  const old = bitscale.key;
  const onDisk = await KeyOnDisk.place(sandbox, 'BITSCALE_API_KEY', old);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const press = async (name: string): Promise<void> => {
    await tabTo(page, button(name));
    await page.keyboard.press('Enter');
  };
  await page.goto(shell.address);
  await expect(button('Skip')).toBeVisible();
  await press('Skip');
  await expect(page.getByRole('heading', { name: 'No keys yet' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();

  // What is opened takes the focus, Escape closes it, and the focus is where it was.
  const adding = page.getByRole('dialog', { name: 'Add a key' });
  await press('Add key');
  await expect(adding).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(adding).toBeHidden();
  await expect(button('Add key').first()).toBeFocused();
  await expectFocusSeen(page);

  await page.keyboard.press('Enter');
  await tabTo(page, adding.getByRole('button', { name: /Service/ }));
  await page.keyboard.press('Enter');
  await page.keyboard.type('Bit');
  await page.keyboard.press('Enter');
  await expect(adding.getByRole('button', { name: /Service/ })).toContainText('BitScale');
  await expect(adding.getByRole('button', { name: /Service/ })).toBeFocused();
  await tabTo(page, adding.getByLabel('Name', { exact: true }));
  await page.keyboard.type('work');
  await tabTo(page, adding.getByRole('textbox', { name: 'Key' }));
  await page.keyboard.type(old);
  await press('Advanced');
  await tabTo(page, adding.getByLabel('Address of the service'));
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(bitscale.url);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'work' })).toBeVisible();
  await expect(adding).toBeHidden();
  // The button that opened it went with the words of an empty list.
  await expect(page.getByRole('main')).toBeFocused();

  await press('More for “work”');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(button('More for “work”')).toBeFocused();
  await tabTo(page, button('Rotate “work”…'));
  await page.keyboard.press('Enter');
  await expect(button('Cancel')).toBeFocused();
  await expect(button('Rotate “work”')).toBeEnabled();
  await onDisk.expect(old);
  await press('Rotate “work”');
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'See the rotation' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Rotation of “work”' })).toBeVisible();

  await onDisk.expect(bitscale.key);
  await expectNoKeyOn(page, old, bitscale.key);
  expect([bitscale.rotationRequests, bitscale.rotations]).toEqual([1, 1]);
});
