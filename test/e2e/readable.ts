import type { Page } from 'playwright/test';

/** WCAG 2.2, 2.5.8, without its exceptions but for links in a sentence. In pixels. */
const LEAST_TARGET = 24;

/**
 * What can't be read or hit in the window as it stands: a page that has to be scrolled sideways, text that is cut off, and
 * targets that are too small. Each in words, with the element.
 */
export function unreadable(page: Page): Promise<string[]> {
  return page.evaluate((leastTarget) => {
    // For screen readers alone: our own words, and what React Aria clips; and what a dialog has put out of reach.
    const forOthers = '.unseen, [style*="clip"], [inert], [aria-hidden=true]';
    const seen = [...document.body.querySelectorAll<HTMLElement>('*')].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(forOthers),
    );
    const named = (element: Element): string => element.outerHTML.slice(0, 160);

    const { scrollWidth, clientWidth } = document.documentElement;
    const tooWide = scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px too wide`] : [];

    const hides = (value: string): boolean => value === 'hidden' || value === 'clip';
    const isCut = (element: HTMLElement): boolean => {
      const { overflowX, overflowY } = getComputedStyle(element);
      return (
        element.textContent?.trim() !== '' &&
        ((hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (hides(overflowY) && element.scrollHeight > element.clientHeight + 1))
      );
    };
    const cut = seen.filter(isCut).map((element) => `cut: ${named(element)}`);

    const targets = 'a[href], button, input, select, textarea, summary, [role=option], [role=menuitem], [role=switch]';
    // A box to tick is hit by its words too.
    const target = (element: HTMLElement): Element => element.closest('label') ?? element;
    const isInSentence = (element: HTMLElement): boolean =>
      element.matches('a') && element.parentElement?.textContent !== element.textContent;
    const isSmall = (element: HTMLElement): boolean => {
      const { width, height } = target(element).getBoundingClientRect();
      return width < leastTarget || height < leastTarget;
    };
    const small = seen
      .filter((element) => element.matches(targets) && !isInSentence(element) && isSmall(element))
      .map((element) => `small: ${named(element)}`);

    return [...tooWide, ...cut, ...small];
  }, LEAST_TARGET);
}
