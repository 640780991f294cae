import { BrowserWindow } from 'electron';
import { mainPageUrl } from '../pages/address.ts';
import { loadPage } from './load-page.ts';
import type { OpenWindows } from './open-windows.ts';
import { type WindowFiles, webPreferences } from './web-preferences.ts';

/** The window with all pages: made when it is needed, gone when it is closed (a hidden one keeps some 160 MB). */
export class MainWindow {
  readonly #files: WindowFiles;
  readonly #windows: OpenWindows;
  #window: BrowserWindow | null = null;

  constructor(files: WindowFiles, windows: OpenWindows) {
    this.#files = files;
    this.#windows = windows;
  }

  /** @param route which page, `/rotation/<id>` say; without it, the one that is shown stays. */
  open(route?: string): void {
    const window = this.#window;
    if (!window) {
      this.#make(route);
      return;
    }
    if (route !== undefined) loadPage(window, mainPageUrl(route));
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #make(route?: string): void {
    const window = new BrowserWindow({
      title: 'Rekey',
      width: 1_040,
      height: 720,
      minWidth: 360,
      minHeight: 480,
      show: false,
      webPreferences: webPreferences('main-window.cjs', this.#files),
    });
    this.#window = window;
    this.#windows.add({
      window,
      page: 'index.html',
      caller: { carrier: 'window', program: 'Rekey', pid: process.pid, client: null },
    });
    window.once('ready-to-show', () => window.show());
    window.once('closed', () => {
      this.#window = null;
    });
    loadPage(window, mainPageUrl(route));
  }
}
