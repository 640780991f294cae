import type { Command, Done } from './command.ts';
import { table } from './text/line.ts';
import { WrongUse } from './wrong-use.ts';

const EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong use, 3 done in part.';
const JSON_OPTION = 'With --json, each command prints one JSON document on stdout; an error is {"error": {...}}.';

/** `rekey help`, and `rekey help COMMAND`. @throws {WrongUse} for a command that there isn't. */
export function help(name: string | undefined, commands: readonly Command[]): Done {
  if (name === undefined) {
    const rows = [
      ...commands.map((command) => [command.name, command.summary]),
      ['help COMMAND', 'show how it is used'],
    ];
    return {
      json: { commands: commands.map(inJson) },
      text: ['Usage: rekey COMMAND', '', table(rows, '  '), '', JSON_OPTION, EXIT_CODES].join('\n'),
    };
  }
  const command = commands.find((other) => other.name === name);
  if (!command) throw new WrongUse('There is no such command.', 'See `rekey help`.');
  const { usage, summary, details = [] } = command;
  return {
    json: inJson(command),
    text: [`Usage: rekey ${usage} [--json]`, '', `${summary[0]?.toUpperCase()}${summary.slice(1)}.`, ...details].join(
      '\n',
    ),
  };
}

function inJson({ name, usage, summary, details = [] }: Command) {
  return { name, usage: `rekey ${usage}`, summary, details };
}
