import type { WebPreferences } from 'electron';

/**
 * The preload's world and the page's are two: nothing that a page changes about JavaScript reaches the bridge.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#3-enable-context-isolation
 */
export const ISOLATED = { contextIsolation: true } as const satisfies WebPreferences;
