import type { WebContents } from 'electron';
import { approvalIn } from '../pages/address.ts';

/**
 * A page stays where it is; it may only load itself again.
 *
 * The main page links to a confirmation, which is its own page in the browser shell. Here that link leads to the
 * confirmation's own window.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation
 */
export function denyNavigation(contents: WebContents, showConfirmation: (approvalId: string) => void): void {
  contents.on('will-frame-navigate', (navigation) => {
    if (navigation.isMainFrame && navigation.url === contents.getURL()) return;
    navigation.preventDefault();
    const approvalId = navigation.isMainFrame ? approvalIn(navigation.url) : null;
    if (approvalId !== null) showConfirmation(approvalId);
  });
  contents.on('will-redirect', (redirection) => redirection.preventDefault());
}
