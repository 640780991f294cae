import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { RekeyError } from '../../main/errors.ts';
import { type Command, text } from '../command.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'serve [--no-open] [--port N]';

export const serve: Command = {
  name: 'serve',
  usage,
  summary: 'show Rekey in the browser, until it is ended',
  details: ['--no-open opens no browser. --port N listens there instead of at any free port.'],
  options: { 'no-open': { type: 'boolean' }, port: { type: 'string' } },
  words: [0, 0],
  foreground: true,
  async run(args, { root, json }) {
    const port = text(args, 'port');
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      throw new WrongUse('The port is a number up to 65535.', `Usage: rekey ${usage}`);
    }
    const options = [
      ...(args.values['no-open'] === true ? ['--no-open'] : []),
      ...(port === undefined ? [] : ['--port', port]),
    ];
    await runShell([join(root, 'dist', 'browser.mjs'), ...options], json);
    return { json: { ended: true }, text: '' };
  },
};

/** Runs the browser shell in the foreground; signals go on to it. @throws when it ends with a failure. */
function runShell(args: readonly string[], json: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (why: string): void =>
      reject(new RekeyError('serve-failed', `The browser shell ended (${why}).`, 'See what it said above.'));
    const child = spawn(process.execPath, args, { stdio: ['inherit', json ? 2 : 'inherit', 'inherit'] });
    // The terminal sends Ctrl-C to both; the child ends by it, and we after it.
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => failed(error.message));
    child.once('exit', (code, signal) => (code === 0 ? resolve() : failed(`${code ?? signal}`)));
  });
}
