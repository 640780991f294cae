import { app } from 'electron';
import type { LoginItem } from '../../../desktop/desktop-parts.ts';
import type { Machine } from '../../../machine.ts';
import { AutostartFile } from './autostart-file.ts';
import { SystemLoginItem } from './system-login-item.ts';

/** Says that nobody has asked for a window just now. */
export const AT_LOGIN = '--at-login';

/** @returns null where there is nothing to start: a runtime that was given a script isn't the person's app. */
export function loginItemFor(machine: Machine): LoginItem | null {
  if (!app.isPackaged) return null;
  if (machine.platform !== 'linux') return new SystemLoginItem(AT_LOGIN);
  // An AppImage runs from a place that changes with each start; it tells where it itself is.
  return new AutostartFile(machine, [machine.env.APPIMAGE || process.execPath, AT_LOGIN]);
}

/** Whether the system started this run when the person logged in. */
export function startedAtLogin(platform: Machine['platform'], argv: readonly string[] = process.argv): boolean {
  if (platform === 'darwin') return app.getLoginItemSettings().wasOpenedAtLogin;
  return argv.includes(AT_LOGIN);
}
