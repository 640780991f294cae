import type { WebPreferences } from 'electron';

/**
 * The rules of the web hold, in development too: one origin can't read another, and nothing insecure is loaded.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#6-do-not-disable-websecurity
 * @see https://www.electronjs.org/docs/latest/tutorial/security#8-do-not-enable-allowrunninginsecurecontent
 */
export const WEB_SECURITY = { webSecurity: true, allowRunningInsecureContent: false } as const satisfies WebPreferences;
