import { expect, type Locator, type Page } from 'playwright/test';

/** No page has more to stop at. */
const MOST_STOPS = 80;

/**
 * Goes on with Tab until this has the focus. At each stop it is seen what has it.
 */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < MOST_STOPS; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return expectFocusSeen(page);
    await page.keyboard.press('Tab');
    // After the last stop, the browser's own come first.
    if (await page.evaluate(() => document.activeElement !== document.body)) await expectFocusSeen(page);
  }
  throw new Error(`${wanted} is not reached by the keyboard`);
}

/** Something has the focus, in the window and not behind anything, with a ring around it. */
export async function expectFocusSeen(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return 'nothing has the focus';
    const named = focused.outerHTML.slice(0, 160);
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2) return `no ring: ${named}`;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there && (focused.contains(there) || there.contains(focused)) ? 'seen' : `hidden: ${named}`;
  });
  expect(found).toBe('seen');
}
