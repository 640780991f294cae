import type { WebContents } from 'electron';

/**
 * No page opens a window. A link that wants one goes to the person's browser, if it is one of ours.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows
 */
export function denyNewWindows(contents: WebContents, openLink: (address: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
