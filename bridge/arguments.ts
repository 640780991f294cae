import { parseArgs } from 'node:util';
import { systemCode } from '../main/errors.ts';
import type { Arguments, Command } from './command.ts';
import { WrongUse } from './wrong-use.ts';

/** Options that people try, and that would put a key where every program of the machine can read it. */
const SECRET_OPTION = /^--?(key|api-?key|secret|token|passphrase|password)(=|$)/i;

/**
 * The arguments of one command. Nothing of what was given is ever quoted: it may be a key that was put there by mistake.
 * @throws {WrongUse}
 */
export function parseArguments(command: Command, argv: readonly string[]): Arguments {
  const wayOut = `Usage: rekey ${command.usage}`;
  if (argv.some((argument) => SECRET_OPTION.test(argument))) {
    throw new WrongUse(
      'A key or passphrase is never given as an argument: other programs can read arguments, and the shell keeps them.',
      'Pipe it in on stdin, or leave it out and type it when you are asked. Treat what you gave here as seen by others.',
    );
  }
  const { positionals, values } = parse(command, argv, wayOut);
  const [fewest, most] = command.words;
  if (positionals.length < fewest) throw new WrongUse('Something is missing.', wayOut);
  if (positionals.length > most) throw new WrongUse('There are too many words.', wayOut);
  return { positionals, values };
}

function parse(command: Command, argv: readonly string[], wayOut: string): Arguments {
  const options = { ...command.options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const unknown = systemCode(error) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new WrongUse(unknown ? 'There is no such option.' : 'An option is given without its value.', wayOut);
  }
}
