import { app, Menu, Tray } from 'electron';
import type { Core } from '../../../calls/dispatch.ts';
import type { Platform } from '../../../machine.ts';
import { inWords, language } from '../words.ts';
import { menuTemplate } from './menu-template.ts';
import { trayIcon } from './tray-icon.ts';
import { type TrayAction, trayMenu } from './tray-menu.ts';
import { moodOf, statusLine } from './tray-mood.ts';
import { type TrayState, trayState } from './tray-state.ts';

interface Parts {
  readonly core: Core;
  readonly platform: Platform;
  /** The folder of the icons. */
  readonly icons: string;
  run(action: TrayAction): void;
}

/** Rekey's icon and the menu behind it, kept as the core tells. */
export class RekeyTray {
  readonly #parts: Parts;
  // Held for as long as the app runs: a tray that is collected as garbage vanishes from the bar.
  readonly #tray: Tray;
  #asking = false;
  #again = false;
  #shown = '';

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#tray = new Tray(trayIcon(parts.icons, 'idle', parts.platform));
    // On macOS a click opens the menu; elsewhere that is the other button, and this one has nothing else to do.
    if (parts.platform !== 'darwin') this.#tray.on('click', () => parts.run({ do: 'open', route: null }));
    // There, two quick clicks open the menu and close it, as with every other icon of the bar.
    else this.#tray.setIgnoreDoubleClickEvents(true);
    parts.core.on(() => void this.refresh());
  }

  /** Shows things as they are now. Events that come meanwhile are answered by one more look. */
  async refresh(): Promise<void> {
    this.#again = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    const state = await trayState(this.#parts.core, () => new Date()).catch(() => null);
    this.#asking = false;
    this.#show(state);
    if (this.#again) await this.refresh();
  }

  #show(state: TrayState | null): void {
    const { icons, platform, run } = this.#parts;
    const mood = moodOf(state);
    const items = trayMenu(state);
    // A menu that the person holds open closes when it is replaced: only when there is something new in it.
    const due = state?.due.length ?? 0;
    const shown = JSON.stringify([language(), mood, items]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(trayIcon(icons, mood, platform));
    this.#tray.setToolTip(inWords(`Rekey: ${statusLine(state)}`));
    // Beside the icon, which is all of Rekey that macOS shows: it has no place in the Dock for a badge.
    if (platform === 'darwin') this.#tray.setTitle(due > 0 ? String(due) : '');
    app.setBadgeCount(due);
    // A menu that stands can't be changed on Linux: each time a new one.
    this.#tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(items, run, inWords)));
  }
}
