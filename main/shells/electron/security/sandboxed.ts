import type { WebPreferences } from 'electron';

/**
 * Each window's page, and its preload script, run in Chromium's sandbox.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
 */
export const SANDBOXED = { sandbox: true } as const satisfies WebPreferences;
