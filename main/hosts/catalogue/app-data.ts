import type { Platform } from '../../machine.ts';

/** A place below the folder in which most desktop programs keep their data (what Electron calls `appData`). */
export function inAppData(rest: string): Readonly<Record<Platform, string>> {
  return {
    darwin: `~/Library/Application Support/${rest}`,
    win32: `%APPDATA%/${rest}`,
    linux: `\${XDG_CONFIG_HOME:-~/.config}/${rest}`,
  };
}
