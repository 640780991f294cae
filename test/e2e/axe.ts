import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright/test';

/** All that WCAG 2.2 AA asks and a program can check, and what is good practice besides: the order of headings, landmarks. */
const everything: NonNullable<RunOptions['runOnly']> = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22aa',
  'best-practice',
];
/** The rules that read colours: a page that differs in nothing but its colours can break no other. */
const colours: NonNullable<RunOptions['runOnly']> = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

let source: Promise<string> | null = null;

/**
 * What axe finds wrong with the page as it stands: each rule with the elements that break it.
 * Run in the page itself: axe's own runner for Playwright opens a further page each time, and takes seven times as long.
 */
export async function violations(page: Page, { only }: { only?: 'colours' } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(await source);
  }
  return await page.evaluate(
    async (runOnly) => {
      const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }; // put there above
      const { violations } = await axe.run({ runOnly, resultTypes: ['violations'] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    },
    only === 'colours' ? colours : everything,
  );
}
