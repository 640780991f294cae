import { expect, type Page } from 'playwright/test';
import { agent, test } from './page-test.ts';
import { ends, rotationOf } from './scripted/rotation.ts';

/**
 * Listens as a screen reader does: to changes in regions that were there before them, and to alerts when they come.
 * @returns what was heard so far.
 */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    const say = (element: Element | null | undefined): void => {
      const text = element?.textContent?.trim();
      if (text && text !== heard.at(-1)) heard.push(text);
    };
    const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
    const take = ({ target, addedNodes }: MutationRecord): void => {
      const changed = target instanceof Element ? target : target.parentElement;
      const region = changed?.closest(live);
      if (region?.matches('[role]')) say(region);
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (region && !region.matches('[role]')) say(node);
        if (!region) say(node.matches('[role=alert]') ? node : node.querySelector('[role=alert]'));
      }
    };
    new MutationObserver((records) => records.forEach(take)).observe(document, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    Object.assign(globalThis, { heard });
  });
  return () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}

test('a rotation is heard: each of its steps, and how it ended', async ({ rekey, page }) => {
  const heard = await listen(page);
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const { id } = rekey.core.putRotation(rotationOf(approval, 'confirmed'));
  await rekey.open(`#/rotation/${id}`);
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible();
  for (const [step, words] of [
    ['preflighted', 'Ask BitScale for a new key'],
    ['answered', 'Put the new key into the keychain'],
    ['promoted', 'Write it into the files'],
    ['ended', '“work” has a new key'],
  ] as const) {
    rekey.core.putRotation({ ...rotationOf(approval, step), id });
    await expect.poll(heard).toContainEqual(expect.stringContaining(words));
  }
});

test('a rotation that has to wait for the person is heard, and so is one that some program asks for', async ({
  rekey,
  page,
}) => {
  const heard = await listen(page);
  const approval = rekey.core.ask(agent);
  rekey.core.approvals = [];
  const { id } = rekey.core.putRotation({ ...ends.waiting(approval), waiting: null });
  await rekey.open(`#/rotation/${id}`);
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible();
  rekey.core.putRotation({ ...ends.waiting(approval), id });
  await expect.poll(heard).toContainEqual(expect.stringMatching(/^Rekey waits/));
  rekey.core.ask(agent, 'wallet');
  await expect.poll(heard).toContainEqual(expect.stringContaining('claude-code asks to rotate “wallet”.'));
});

test('what was done, what was found and what went wrong is heard', async ({ rekey, page }) => {
  const heard = await listen(page);
  await rekey.open();
  await page.getByRole('searchbox', { name: 'Search keys' }).fill('work');
  await expect.poll(heard).toContain('1 key fits.');
  const choose = async (action: string): Promise<void> => {
    await page.getByRole('button', { name: 'More for “work”' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await choose('Copy key');
  await expect.poll(heard).toContain('Copied. The clipboard is cleared after 30 seconds.');
  await choose('Verify');
  await expect.poll(heard).toContainEqual(expect.stringContaining('BitScale accepts this key.'));
  rekey.core.failing.set('copyKey', { code: 'x', message: 'The keychain is locked.', wayOut: 'Unlock it.' });
  await choose('Copy key');
  await expect.poll(heard).toContainEqual(expect.stringContaining('The keychain is locked.'));
});

test('each page has a title of its own, and takes the focus', async ({ rekey, page }) => {
  const rotation = rekey.core.putRotation(ends.unchanged(rekey.core.ask(agent)));
  rekey.core.approvals = [];
  await rekey.open();
  await expect(page).toHaveTitle('Keys · Rekey');
  for (const [path, title] of [
    [`#/keys/${rekey.core.credentials[1]?.id}`, 'wallet · Rekey'],
    ['#/hosts', 'Hosts · Rekey'],
    ['#/activity', 'Activity · Rekey'],
    ['#/settings', 'Settings · Rekey'],
    [`#/rotation/${rotation.id}`, 'Rotation of “work” · Rekey'],
    ['#/practice', 'Practice · Rekey'],
    ['#/welcome', 'Welcome · Rekey'],
    ['#/nothing', 'There is no such page · Rekey'],
    ['#/keys', 'Keys · Rekey'],
  ] as const) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, path);
    await expect(page).toHaveTitle(title);
    await expect(page.getByRole('main')).toBeFocused();
  }
  await rekey.openConfirmation(rekey.core.ask(agent).id);
  await expect(page).toHaveTitle('Confirm · Rekey');
});
