import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { thisMachine } from '../../main/machine.ts';
import type { ConnectionOptions } from '../../main/mcp/connection.ts';
import { socketPath } from '../../main/mcp/socket-path.ts';
import { type SocketServer, startSocketServer } from '../../main/mcp/socket-server.ts';
import { type Script, ScriptedCore } from './scripted-core.ts';

/** An app that listens in a home of its own, with a scripted core. */
export interface App {
  readonly home: string;
  readonly path: string;
  readonly core: ScriptedCore;
  readonly server: SocketServer;
  close(): Promise<void>;
}

export function temporaryHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'rekey-'));
}

export function socketIn(home: string): string {
  return socketPath(thisMachine(homedir()), home);
}

export async function startApp(script: Script = {}, options: ConnectionOptions = {}): Promise<App> {
  const home = await temporaryHome();
  const path = socketIn(home);
  const core = new ScriptedCore(script);
  const server = await startSocketServer({ path, backend: core, ...options });
  return {
    home,
    path,
    core,
    server,
    async close() {
      core.close();
      await server.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
