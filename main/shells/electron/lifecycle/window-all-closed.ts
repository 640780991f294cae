import { app } from 'electron';

/** Rekey lives in the tray: without a listener, Electron would end it with its last window. */
export function stayInTray(): void {
  app.on('window-all-closed', () => {});
  app.dock?.hide();
}
