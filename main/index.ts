import { homedir } from 'node:os';
import { app } from 'electron';
import { thisMachine } from './machine.ts';
import { startRekey } from './rekey.ts';
import { bridgeProgram } from './shells/electron/bridge-program.ts';
import { type ElectronShell, startElectronShell } from './shells/electron/electron-shell.ts';
import { onActivate } from './shells/electron/lifecycle/activate.ts';
import { askBeforeQuit } from './shells/electron/lifecycle/ask-before-quit.ts';
import { onBeforeQuit } from './shells/electron/lifecycle/before-quit.ts';
import { onSecondInstance } from './shells/electron/lifecycle/second-instance.ts';
import { holdSingleInstance } from './shells/electron/lifecycle/single-instance.ts';
import { endWithWords } from './shells/electron/lifecycle/start-failed.ts';
import { stayInTray } from './shells/electron/lifecycle/window-all-closed.ts';
import { registerAppScheme } from './shells/electron/pages/app-scheme.ts';
import { SecretClipboard } from './shells/electron/secret-clipboard.ts';
import { dataFolder } from './storage/data-folder.ts';

/** The entry of the Electron shell. */
const machine = thisMachine(homedir());
const byBridge = process.env.REKEY_STARTED_BY === 'bridge';

try {
  app.setName('Rekey');
  holdSingleInstance(dataFolder(machine), byBridge);
  app.enableSandbox();
  registerAppScheme();
  stayInTray();
  // Not awaited: Electron is ready only once this module has been read to its end.
  app.whenReady().then(start).catch(failed);
} catch (error) {
  failed(error);
}

async function start(): Promise<void> {
  const clipboard = new SecretClipboard(machine.platform);
  const shown: { shell: ElectronShell | null } = { shell: null };
  const show = async (): Promise<boolean> => {
    shown.shell?.openMain();
    return shown.shell !== null;
  };
  const bridge = bridgeProgram(machine.platform, import.meta.dirname);
  const rekey = await startRekey({ machine, shell: 'electron', desktop: true, clipboard, bridge, show });
  const stops = [() => clipboard.clear(), () => rekey.stop()];
  onBeforeQuit({ busy: () => rekey.busy(), stops, refuse: () => askBeforeQuit(rekey.core) });

  const shell = await startElectronShell({
    core: rekey.core,
    platform: machine.platform,
    built: import.meta.dirname,
  });
  shown.shell = shell;
  onSecondInstance(() => shell.openMain());
  onActivate(() => shell.openMain());
  if (!byBridge) shell.openMain();
}

function failed(error: unknown): void {
  endWithWords(error, byBridge);
}
