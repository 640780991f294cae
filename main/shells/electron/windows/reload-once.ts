import type { BrowserWindow } from 'electron';

/**
 * Brings a page back whose process has died, once: all that it showed is in the core. One that dies again goes away, so
 * that no window stays that can't be used, and the person opens another one from the tray.
 */
export function reloadOnce(window: BrowserWindow): void {
  let reloaded = false;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (reloaded) {
      window.destroy();
      return;
    }
    reloaded = true;
    window.webContents.reload();
  });
}
