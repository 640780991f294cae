import { expect } from 'playwright/test';
import { violations } from './axe.ts';
import { latinWords } from './latin-words.ts';
import { test } from './page-test.ts';
import { unreadable } from './readable.ts';
import { shoot } from './shoot.ts';
import { STATES } from './states.ts';
import { WINDOWS } from './windows.ts';

/** Names that people gave in the scripted core. */
const GIVEN = [
  ...['work', 'wallet', 'market', 'logs production', 'logs', 'staging', 'bitscale', 'lightning-faucet', 'lightning'],
  ...['desktop-search', 'github', 'search', 'log10x-key', 'node', 'unknown-client', 'Northwind'],
  ...['Quill Mail', 'Lantern Search', 'other', 'broken', 'key', 'version', 'ex_[A-Za-z0-9]{32}'],
  ...['prometheus', 'agent-api', 'Practice service', 'practice', 'chrome-headless-shell', 'headless', 'Chrome'],
];

test.describe.configure({ mode: 'parallel' });

// A page that is not signed in can't be told the settings; see language.spec.ts.
for (const [state, reach] of Object.entries(STATES).filter(([name]) => name !== 'signed-out')) {
  test(`${state} is all in Chinese as soon as that is chosen, and as readable`, async ({ rekey, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await reach(rekey, page);
    rekey.core.changeSettings({ language: 'zh-CN' });
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
    expect(await latinWords(page, GIVEN)).toEqual([]);
    for (const [name, size] of Object.entries(WINDOWS)) {
      await page.setViewportSize(size);
      await expect.poll(() => unreadable(page), { message: `${state}, ${name}` }).toEqual([]);
      await shoot(page, state, `chinese-${name}`);
    }
    expect(await violations(page)).toEqual([]);
  });
}
