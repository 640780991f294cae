import { expect, type Page } from 'playwright/test';
import config from '../../playwright.config.ts';
import { boxFont } from './box-font.ts';
import { test } from './page-test.ts';
import { STATES } from './states.ts';

// Pages as they were looked at and found good. After a change that is meant: npx playwright test pictures --update-snapshots

const LIGHT = [
  'keys',
  'key',
  'confirmation',
  'confirmation-running',
  'hosts',
  'activity',
  'settings',
  'practice',
  'welcome',
];
const DARK = ['keys', 'key', 'confirmation', 'confirmation-running', 'hosts', 'settings', 'welcome'];

/** Some corner may be drawn otherwise by another Chromium; whatever moves is more. Of some 600,000 pixels. */
const SAME = { maxDiffPixels: 300 };

/** In which it is noon: what was done an hour ago was done today. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  if (ahead === 0) return 'Etc/GMT';
  // The signs of these zones are the other way round.
  return ahead > 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
}

const launchOptions = config.use?.launchOptions;

test.describe.configure({ mode: 'parallel' });
test.use({
  viewport: { width: 960, height: 640 },
  timezoneId: zoneAtNoon(),
  launchOptions: {
    ...launchOptions,
    // How wide and how sharp a character is, is left to the settings of the machine otherwise.
    args: [...(launchOptions?.args ?? []), '--disable-font-subpixel-positioning', '--font-render-hinting=none'],
  },
  // The font below is none of the pages' own.
  bypassCSP: true,
});

/** Draws every character as the same box, so that another machine's fonts make no difference. */
async function drawInBoxes(page: Page): Promise<void> {
  const url = `data:font/ttf;base64,${boxFont().toString('base64')}`;
  const face = `@font-face { font-family: Boxes; font-weight: 1 1000; src: url(${url}); }`;
  await page.addStyleTag({ content: `${face} * { font-family: Boxes !important; }` });
  const loaded = await page.evaluate(async () => (await document.fonts.load('16px Boxes')).map(({ status }) => status));
  expect(loaded).toEqual(['loaded']);
  // Whoever pressed a button further down has scrolled to it, by the heights of before.
  await page.evaluate(() => scrollTo(0, 0));
}

/** Dates are of different lengths from day to day. */
const dates = (page: Page) => page.locator('[aria-labelledby^=day-] > :is(h2, h3)');

for (const [colorScheme, states] of [
  ['light', LIGHT],
  ['dark', DARK],
] as const) {
  for (const state of states) {
    test(`${state} looks as it did, in ${colorScheme}`, async ({ rekey, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await STATES[state]?.(rekey, page);
      await expect(page.locator('h1')).toBeVisible();
      // A confirmation takes no click in its first moment.
      for (const button of await page.locator('.decision .button-main').all()) await expect(button).toBeEnabled();
      await drawInBoxes(page);
      await expect(page).toHaveScreenshot(`${state}-${colorScheme}.png`, { ...SAME, mask: [dates(page)] });
    });
  }
}

test('a button that has moved is seen', async ({ rekey, page }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await STATES.keys?.(rekey, page);
  await expect(page.locator('h1')).toBeVisible();
  await drawInBoxes(page);
  await page.addStyleTag({ content: '.page-head-action { translate: -8px 0; }' });
  await expect(page).not.toHaveScreenshot('keys-light.png', { ...SAME, mask: [dates(page)] });
});
