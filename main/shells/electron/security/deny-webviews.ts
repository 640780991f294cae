import type { WebContents, WebPreferences } from 'electron';

export const NO_WEBVIEWS = { webviewTag: false } as const satisfies WebPreferences;

/**
 * No page embeds another.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation
 */
export function denyWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
