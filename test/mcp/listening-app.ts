import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { thisMachine } from '../../main/machine.ts';
import { socketPath } from '../../main/mcp/socket-path.ts';
import { startSocketServer } from '../../main/mcp/socket-server.ts';
import { dataFolder } from '../../main/storage/data-folder.ts';
import { ScriptedCore } from './scripted-core.ts';

/** The app as a process of its own: run by the tests in the place of the browser shell, for as long as its home is there. */
const machine = thisMachine(homedir());
const home = dataFolder(machine);
const endWithHome = (): void => {
  if (!existsSync(home)) process.exit(1);
};
endWithHome();
const core = new ScriptedCore({ names: [`pid ${process.pid}`, process.env.REKEY_STARTED_BY ?? 'nobody'] });
const server = await startSocketServer({ path: socketPath(machine, home), backend: core });
setInterval(endWithHome, 100);
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)));
