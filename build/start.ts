import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { thisMachine } from '../main/machine.ts';
import { chooseShell } from '../main/shells/choose.ts';
import { build, root } from './build.ts';

/** `npm start`: builds, says which shell it starts and why, and stays until that ends. */
await build();
const shell = chooseShell(thisMachine(homedir()), root);
console.log(`Rekey starts in ${shell.kind === 'electron' ? 'Electron' : 'your browser'}: ${shell.why}.`);
// `rekey serve` opens the page of an app that runs already instead of starting a second one.
const args = shell.kind === 'electron' ? shell.args : [join(root, 'dist', 'rekey.mjs'), 'serve'];
const child = spawn(shell.command, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`Rekey could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
