import { app } from 'electron';
import type { Platform } from '../../machine.ts';

/** As the installers have it: by this name Windows knows whose notifications, and which entry in its task bar, are Rekey's. */
export const APP_ID = 'app.rekey.desktop';

/** @see https://www.electronjs.org/docs/latest/tutorial/notifications#windows */
export function setAppId(platform: Platform): void {
  if (platform === 'win32') app.setAppUserModelId(APP_ID);
}
