import { spawn } from 'node:child_process';
import { RekeyError } from '../../main/errors.ts';
import { type Command, type Done, text } from '../command.ts';
import { CoreClient } from '../core-client.ts';
import { browserShellOf } from '../installation.ts';
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
  async run(args, { installation, json, terminal }) {
    const port = text(args, 'port');
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      throw new WrongUse('The port is a number up to 65535.', `Usage: rekey ${usage}`);
    }
    const options = [
      ...(args.values['no-open'] === true ? ['--no-open'] : []),
      ...(port === undefined ? [] : ['--port', port]),
    ];
    const running = await CoreClient.openRunning('rekey serve', terminal.interactive);
    if (running) return showRunning(running);
    await runShell([browserShellOf(installation), ...options], json);
    return { json: { ended: true }, text: '' };
  },
};

/** One app serves a data folder: the one that runs comes before the person. */
async function showRunning(client: CoreClient): Promise<Done> {
  try {
    const { shown } = await client.call('show', {});
    if (shown)
      return {
        json: { running: true, shown },
        text: 'Rekey runs already. Its page was opened; where no browser is, its address stands in the terminal that it runs in.',
      };
    throw new RekeyError(
      'serve-running',
      'Rekey runs already, without a page: it was started in the background and can open no browser here.',
      'End it and run `rekey serve` again, or use `rekey approvals` and `rekey approve ID`.',
    );
  } finally {
    client.close();
  }
}

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
