import { join } from 'node:path';
import type { Page } from 'playwright/test';

/** Pictures to look at, in light and dark, on demand: `SHOTS=1 npx playwright test everyone chinese-states`. */
export async function shoot(page: Page, state: string, name: string): Promise<void> {
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
}
