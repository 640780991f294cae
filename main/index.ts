import { homedir } from 'node:os';
import { app } from 'electron';
import { CrashNotes } from './crash/crash-notes.ts';
import { thisMachine } from './machine.ts';
import { type RunningRekey, startRekey } from './rekey.ts';
import { setAppId } from './shells/electron/app-id.ts';
import { bridgeProgram } from './shells/electron/bridge-program.ts';
import { desktopParts } from './shells/electron/desktop-parts.ts';
import { type ElectronShell, startElectronShell } from './shells/electron/electron-shell.ts';
import { onActivate } from './shells/electron/lifecycle/activate.ts';
import { askBeforeQuit } from './shells/electron/lifecycle/ask-before-quit.ts';
import { onBeforeQuit } from './shells/electron/lifecycle/before-quit.ts';
import { noteCrashes } from './shells/electron/lifecycle/note-crashes.ts';
import { refuseLinks } from './shells/electron/lifecycle/refuse-links.ts';
import { onSecondInstance } from './shells/electron/lifecycle/second-instance.ts';
import { holdSingleInstance } from './shells/electron/lifecycle/single-instance.ts';
import { endAfterFault, endWithWords } from './shells/electron/lifecycle/start-failed.ts';
import { stayInTray } from './shells/electron/lifecycle/window-all-closed.ts';
import { startedAtLogin } from './shells/electron/login-item/login-item.ts';
import { registerAppScheme } from './shells/electron/pages/app-scheme.ts';
import { SecretClipboard } from './shells/electron/secret-clipboard.ts';
import { denyDebugging } from './shells/electron/security/deny-debugging.ts';
import { enableSandbox } from './shells/electron/security/enable-sandbox.ts';
import { dataFolder } from './storage/data-folder.ts';

/** The entry of the Electron shell. */
const machine = thisMachine(homedir());
const byBridge = process.env.REKEY_STARTED_BY === 'bridge';
const built = import.meta.dirname;
/** What has come up so far. */
const running: { rekey: RunningRekey | null; shell: ElectronShell | null } = { rekey: null, shell: null };
const linkRefused = (): void => running.rekey?.linkRefused();

try {
  app.setName('Rekey');
  setAppId(machine.platform);
  holdSingleInstance(dataFolder(machine), byBridge);
  denyDebugging();
  enableSandbox();
  registerAppScheme();
  refuseLinks(linkRefused);
  stayInTray();
  // Not awaited: Electron is ready only once this module has been read to its end.
  app.whenReady().then(start).catch(failed);
} catch (error) {
  failed(error);
}

async function start(): Promise<void> {
  const { platform } = machine;
  const folder = dataFolder(machine);
  const busy = (): boolean => running.rekey?.busy() ?? false;
  const crashes = new CrashNotes(folder);
  const clipboard = new SecretClipboard(platform);
  const end = (): void => endAfterFault(() => clipboard.clear());
  noteCrashes({ notes: crashes, platform, built, busy, end });

  const stops = [() => clipboard.clear(), async () => running.rekey?.stop()];
  const refuse = async (): Promise<boolean> => running.rekey === null || askBeforeQuit(running.rekey.core);
  const { endWith } = onBeforeQuit({ busy, stops, refuse });
  const onChange = (): void => running.rekey?.desktopChanged();
  const desktop = await desktopParts({ machine, dataFolder: folder, crashes, endWith, onChange });

  const show = async (): Promise<boolean> => {
    running.shell?.openMain();
    return running.shell !== null;
  };
  const rekey = await startRekey({
    machine,
    shell: 'electron',
    desktop: true,
    clipboard,
    bridge: bridgeProgram(platform, built),
    desktopParts: desktop,
    show,
  });
  running.rekey = rekey;
  const shell = await startElectronShell({ core: rekey.core, platform, built });
  running.shell = shell;
  desktop.updates.start();
  onSecondInstance(() => shell.openMain(), linkRefused);
  onActivate(() => shell.openMain());
  if (!byBridge && !startedAtLogin(platform)) shell.openMain();
}

function failed(error: unknown): void {
  endWithWords(error, byBridge);
}
