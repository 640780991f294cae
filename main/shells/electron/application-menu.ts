import { Menu } from 'electron';
import type { Platform } from '../../machine.ts';

/**
 * The menu of the windows. macOS takes the shortcuts for copying, pasting and closing from it; elsewhere a window of
 * ours has none, and Electron's own (with its tools for developers) goes away.
 */
export function setApplicationMenu(platform: Platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
}
