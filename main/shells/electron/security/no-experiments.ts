import type { WebPreferences } from 'electron';

/**
 * No feature of Chromium that is not done yet. `enableBlinkFeatures` is left unset: an empty list is one, too.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#9-do-not-enable-experimental-features
 * @see https://www.electronjs.org/docs/latest/tutorial/security#10-do-not-use-enableblinkfeatures
 */
export const NO_EXPERIMENTS = { experimentalFeatures: false } as const satisfies WebPreferences;
