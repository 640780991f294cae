import { expect, type Page } from 'playwright/test';
import { violations } from './axe.ts';
import { test } from './page-test.ts';
import { unreadable } from './readable.ts';
import { shoot } from './shoot.ts';
import { STATES } from './states.ts';
import { WINDOWS } from './windows.ts';

type Media = NonNullable<Parameters<Page['emulateMedia']>[0]>;

const USUAL = { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' } as const satisfies Media;
/** Colours that a person may have chosen, beside light. */
const COLOURS: Record<string, Media> = {
  dark: { colorScheme: 'dark' },
  'light, more contrast': { contrast: 'more' },
  'dark, more contrast': { colorScheme: 'dark', contrast: 'more' },
  'light, forced colours': { forcedColors: 'active' },
  'dark, forced colours': { colorScheme: 'dark', forcedColors: 'active' },
};

test.describe.configure({ mode: 'parallel' });

for (const [state, reach] of Object.entries(STATES)) {
  test(`${state} is there for everyone: in any colours, without motion, from 360 px to wide`, async ({
    rekey,
    page,
  }) => {
    await page.emulateMedia({ ...USUAL, reducedMotion: 'reduce' });
    await reach(rekey, page);
    await expect(page.locator('h1')).toBeVisible();
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    for (const [name, size] of Object.entries(WINDOWS)) {
      await page.setViewportSize(size);
      // Some of it is laid out once more after the window has changed.
      await expect.poll(() => unreadable(page), { message: `${state}, ${name}` }).toEqual([]);
      // At 200 % the page is laid out as in a window of that width; there is nothing else to find.
      if (name !== 'zoomed') expect(await violations(page), `${state}, ${name}`).toEqual([]);
      await shoot(page, state, name);
      await page.emulateMedia(USUAL);
    }
    for (const [name, media] of Object.entries(COLOURS)) {
      await page.emulateMedia({ ...USUAL, ...media });
      expect(await violations(page, { only: 'colours' }), `${state}, ${name}`).toEqual([]);
    }
  });
}

test('the pages keep their edges and their focus in high contrast', async ({ rekey, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await rekey.open();
  const button = page.getByRole('button', { name: 'Rotate “work”…' });
  await button.focus();
  await expect(button).not.toHaveCSS('border-top-style', 'none');
  await expect(button).not.toHaveCSS('outline-style', 'none');
});
