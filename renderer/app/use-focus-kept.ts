import { type RefObject, useEffect } from 'react';

/** A dialog that has closed gives it back some frames later, and only if nothing else has it. */
const GIVEN_BACK_MS = 300;

/**
 * What has the focus can go, as a button does once it has done its work, or what opened a dialog while that was open. The
 * page's main part has it then: a screen reader goes on there, and not at the top.
 */
export function useFocusKept(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let focused: EventTarget | null = null;
    const remember = ({ target }: FocusEvent): void => {
      focused = target;
    };
    const isLost = (): boolean =>
      focused instanceof Element && !focused.isConnected && document.activeElement === document.body;
    const keep = (): void => {
      if (isLost()) main.current?.focus({ preventScroll: true });
    };
    const observer = new MutationObserver(() => {
      if (isLost()) setTimeout(keep, GIVEN_BACK_MS);
    });
    addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, [main]);
}
