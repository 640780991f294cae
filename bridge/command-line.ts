import { errorView } from '../main/errors.ts';
import { parseArguments } from './arguments.ts';
import type { Command, Context, Done, ExitCode } from './command.ts';
import { commands } from './commands.ts';
import { CoreClient } from './core-client.ts';
import { help } from './help.ts';
import type { Installation } from './installation.ts';
import { thisTerminal } from './terminal.ts';
import { plain } from './text/line.ts';
import { colours, noPaint } from './text/plan.ts';
import { version } from './version.ts';
import { WrongUse } from './wrong-use.ts';

class Interrupted extends WrongUse {}

/** How long an interrupted command has to take its question back and say so, in milliseconds. */
const LAST_WORDS_MS = 2_000;

/** `rekey COMMAND ...`: runs one command, prints what it says, and sets the exit code. */
export async function runCommandLine(installation: Installation): Promise<void> {
  const [name = 'help', ...argv] = process.argv.slice(2);
  const json = process.argv.includes('--json');
  const { stdout, stderr } = process;
  // Whoever reads the output may stop reading (`| head`).
  stdout.on('error', () => process.exit());

  const interrupt = new AbortController();
  const foreground = commands.find((command) => command.name === name)?.foreground === true;
  const onSignal = (): void => {
    if (interrupt.signal.aborted && !foreground) process.exit(1);
    interrupt.abort(new Interrupted('Interrupted.', 'Run it again.'));
    if (!foreground) setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  const terminal = thisTerminal();
  const open: { client?: Promise<CoreClient> } = {};
  const context: Context = {
    installation,
    json,
    terminal,
    paint: stdout.isTTY && !process.env.NO_COLOR ? colours : noPaint,
    core: () => (open.client ??= CoreClient.open(installation, `rekey ${name}`, terminal.interactive)),
    say: (text) => void (json ? stderr : stdout).write(`${text}\n`),
    interrupted: interrupt.signal,
  };

  try {
    const done = await run(name, argv, context);
    stdout.write(json ? `${JSON.stringify(done.json, null, 2)}\n` : done.text === '' ? '' : `${done.text}\n`);
    process.exitCode = done.exitCode ?? 0;
  } catch (error) {
    const view = errorView(error);
    if (json) stdout.write(`${JSON.stringify({ error: view }, null, 2)}\n`);
    else stderr.write(`rekey: ${plain(view.message)}\n${plain(view.wayOut)}\n`);
    process.exitCode = exitCodeOf(error, view.code);
  } finally {
    await open.client?.then((core) => core.close()).catch(() => {});
    // A terminal that was read from would keep the process.
    process.stdin.destroy();
  }
}

async function run(name: string, argv: readonly string[], context: Context): Promise<Done> {
  if (name === '--version' || name === '-v') return { json: { version }, text: version };
  if (name === '--help' || name === '-h' || name === '--json') return help(undefined, commands);
  if (name === 'help')
    return help(
      argv.find((argument) => !argument.startsWith('-')),
      commands,
    );
  const command = find(name);
  if (argv.includes('--help') || argv.includes('-h')) return help(command.name, commands);
  return command.run(parseArguments(command, argv), context);
}

function find(name: string): Command {
  const command = commands.find((other) => other.name === name);
  if (!command) throw new WrongUse('There is no such command.', 'See `rekey help`.');
  return command;
}

function exitCodeOf(error: unknown, code: string): ExitCode {
  if (error instanceof Interrupted) return 1;
  return error instanceof WrongUse || code === 'bad-input' ? 2 : 1;
}
