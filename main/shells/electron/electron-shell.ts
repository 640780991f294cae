import { join } from 'node:path';
import { app } from 'electron';
import type { Core } from '../../calls/dispatch.ts';
import type { Platform } from '../../machine.ts';
import { setApplicationMenu } from './application-menu.ts';
import { tell, tellFailure } from './dialogs.ts';
import { carryCalls } from './ipc.ts';
import { Notifier } from './notifications/notifier.ts';
import { notifyWhenAsked } from './notifications/when-asked.ts';
import { notifyWhenDue } from './notifications/when-due.ts';
import { notifyWhenRotationNeedsPerson } from './notifications/when-rotation-needs-person.ts';
import { servePages } from './pages/app-scheme.ts';
import { harden } from './security/harden.ts';
import { keysPages, openLink } from './security/open-link.ts';
import { runAction } from './tray/run-action.ts';
import { RekeyTray } from './tray/tray.ts';
import { openWhenKeyIsToBePasted } from './windows/after-confirmation.ts';
import { ConfirmationWindows } from './windows/confirmation-windows.ts';
import { MainWindow } from './windows/main-window.ts';
import { OpenWindows } from './windows/open-windows.ts';
import { followLanguage } from './words.ts';

interface ElectronShellOptions {
  readonly core: Core;
  readonly platform: Platform;
  /** The folder with `renderer/`, `preload/` and `icons/`. */
  readonly built: string;
}

export interface ElectronShell {
  openMain(): void;
}

/** Shows Rekey in the tray and in windows of its own. Once the app is ready. */
export async function startElectronShell({ core, platform, built }: ElectronShellOptions): Promise<ElectronShell> {
  const windows = new OpenWindows();
  const files = { preloads: join(built, 'preload'), packaged: app.isPackaged };
  const main = new MainWindow(files, windows);
  const confirmations = new ConfirmationWindows(files, windows, core);
  const openMain = (route?: string): void => main.open(route);
  const showConfirmation = (approvalId: string): void => confirmations.show(approvalId);

  harden({ openLink: (address) => void openLink(address, () => keysPages(core)), showConfirmation });
  servePages(join(built, 'renderer'));
  setApplicationMenu(platform);
  carryCalls(core, windows, platform);
  const notifier = new Notifier();
  notifyWhenAsked(core, notifier, showConfirmation);
  notifyWhenRotationNeedsPerson(core, notifier, openMain);
  notifyWhenDue(core, notifier, openMain);
  openWhenKeyIsToBePasted(core, openMain);
  await confirmations.start();

  const ways = { core, openMain, showConfirmation, tell, tellFailure, notifier, quit: () => app.quit() };
  const tray = new RekeyTray({
    core,
    platform,
    icons: join(built, 'icons'),
    run: (action) => void runAction(action, ways),
  });
  await followLanguage(core, () => void tray.refresh());
  await tray.refresh();
  return { openMain: () => openMain() };
}
