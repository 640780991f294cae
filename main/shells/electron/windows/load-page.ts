import type { BrowserWindow } from 'electron';
import { systemCode } from '../../../errors.ts';

/** Loads a page of ours. Where it can't be, the window shows Chromium's own words for that, and the log the code. */
export function loadPage(window: BrowserWindow, address: string): void {
  window.loadURL(address).catch((error: unknown) => {
    console.error(`Rekey: a page was not loaded (${systemCode(error) ?? 'no code'}).`);
  });
}
