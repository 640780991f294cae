import { join } from 'node:path';
import { app } from 'electron';
import type { ServerProgram } from '../../connect/entry-forms.ts';
import type { Platform } from '../../machine.ts';

/**
 * The `rekey mcp` that hosts start: the single executable beside an installed app, else the built script with the Node
 * of the shell. (The app's own executable runs no script: the fuse for that is off.)
 *
 * @param built the folder with `rekey.mjs`.
 */
export function bridgeProgram(platform: Platform, built: string): ServerProgram {
  if (!app.isPackaged) return { command: 'node', args: [join(built, 'rekey.mjs'), 'mcp'] };
  return { command: join(process.resourcesPath, 'bin', platform === 'win32' ? 'rekey.exe' : 'rekey'), args: ['mcp'] };
}
