import { join } from 'node:path';
import { expect, type Page } from 'playwright/test';
import { violations } from './axe.ts';
import { test } from './page-test.ts';
import { unreadable } from './readable.ts';
import { STATES } from './states.ts';

/** As wide as at a desk; the same at 200 %, which halves both ways; and a phone's width. In pixels. */
const WINDOWS = {
  wide: { width: 1180, height: 800 },
  zoomed: { width: 590, height: 400 },
  narrow: { width: 360, height: 800 },
} as const;

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
    }
    for (const [name, media] of Object.entries(COLOURS)) {
      await page.emulateMedia({ ...USUAL, ...media });
      expect(await violations(page, { only: 'colours' }), `${state}, ${name}`).toEqual([]);
    }
  });
}

/** Pictures to look at, on demand: `SHOTS=1 npx playwright test everyone`. */
async function shoot(page: Page, state: string, name: string): Promise<void> {
  if (process.env.SHOTS !== '1') return;
  // What lies over the page stands in the window, not in the whole page.
  const fullPage =
    (await page.getByRole('dialog').or(page.getByRole('alertdialog')).or(page.getByRole('menu')).count()) === 0;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({
      path: join(import.meta.dirname, 'shots', `${state}-${colorScheme}-${name}.png`),
      fullPage,
    });
  }
  await page.emulateMedia(USUAL);
}

test('the pages keep their edges and their focus in high contrast', async ({ rekey, page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await rekey.open();
  const button = page.getByRole('button', { name: 'Rotate “work”…' });
  await button.focus();
  await expect(button).not.toHaveCSS('border-top-style', 'none');
  await expect(button).not.toHaveCSS('outline-style', 'none');
});
