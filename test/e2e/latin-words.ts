import type { Page } from 'playwright/test';

/** Names of programs, services, formats and the like, which are the same in every language. */
const NAMES = ['Rekey', 'API'];

/**
 * What stands on a page in Latin letters and is neither code (paths, variables, commands) nor a known name: its texts, and
 * what a screen reader says in their place.
 */
export async function latinWords(page: Page, names: readonly string[] = []): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title];
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = all.nextNode(); node; node = all.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.closest('code, pre, textarea, script, style, [lang=en]')) continue;
      if (node instanceof Element) {
        for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'alt', 'placeholder']) {
          found.push(node.getAttribute(name) ?? '');
        }
      } else found.push(node.textContent ?? '');
    }
    return found;
  });
  const known = [...NAMES, ...names].toSorted((one, other) => other.length - one.length);
  const left = texts.map((text) => known.reduce((rest, name) => rest.replaceAll(name, ' '), text));
  return [...new Set(left.flatMap((text) => text.match(/[A-Za-z][A-Za-z’']+(?: [A-Za-z’']+)*/g) ?? []))];
}
