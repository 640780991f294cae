import type { BrowserWindow } from 'electron';
import type { AnyEvent } from '../../../../preload/contract.ts';
import type { Caller } from '../../../calls/caller.ts';
import type { Page } from '../pages/address.ts';
import { reloadOnce } from './reload-once.ts';

/** A window of ours, the page that it holds for all its life, and as whom that page calls. */
export interface OpenWindow {
  readonly window: BrowserWindow;
  readonly page: Page;
  readonly caller: Caller;
  /** Of a confirmation: whether this is the id of a request that it shows, or of their batch. */
  readonly isAbout?: (id: string) => boolean;
}

/** The windows that are there now: from here it is known whom a message can come from, and where events go. */
export class OpenWindows {
  readonly #byContents = new Map<number, OpenWindow>();

  add(entry: OpenWindow): void {
    const { id } = entry.window.webContents;
    this.#byContents.set(id, entry);
    entry.window.once('closed', () => this.#byContents.delete(id));
    reloadOnce(entry.window);
  }

  find(contentsId: number): OpenWindow | null {
    return this.#byContents.get(contentsId) ?? null;
  }

  send(channel: string, event: AnyEvent): void {
    for (const { window } of this.#byContents.values()) {
      if (!window.isDestroyed()) window.webContents.send(channel, event);
    }
  }
}
