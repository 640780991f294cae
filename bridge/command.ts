import type { ParseArgsConfig } from 'node:util';
import type { CoreClient } from './core-client.ts';
import type { Installation } from './installation.ts';
import type { Terminal } from './terminal.ts';
import type { Paint } from './text/plan.ts';
import { WrongUse } from './wrong-use.ts';

/** `0` done · `1` failed · `2` wrong use · `3` done in part. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command has done: one JSON document or the text that says the same to a person. */
export interface Done {
  readonly exitCode?: ExitCode;
  readonly json: unknown;
  readonly text: string;
}

export interface Arguments {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
}

/** What a command has beside its arguments. */
export interface Context {
  readonly installation: Installation;
  readonly json: boolean;
  readonly paint: Paint;
  readonly terminal: Terminal;
  /** The app, started when none runs; connected at the first use. */
  readonly core: () => Promise<CoreClient>;
  /** Tells the person something meanwhile: on stdout, or on stderr where stdout is for one JSON document. */
  readonly say: (text: string) => void;
  /** Ctrl-C or a signal to end. */
  readonly interrupted: AbortSignal;
}

export interface Command {
  readonly name: string;
  /** Without `rekey` and `--json`. */
  readonly usage: string;
  readonly summary: string;
  /** Further lines for `rekey help NAME`. */
  readonly details?: readonly string[];
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words may follow the name: at least, at most. */
  readonly words: readonly [number, number];
  /** It runs until it is told to end, and then takes the time that it needs. */
  readonly foreground?: true;
  run(args: Arguments, context: Context): Promise<Done>;
}

/** The word at this place; the command's `words` say that it is there. */
export function word(args: Arguments, index = 0): string {
  const found = args.positionals[index];
  if (found === undefined) throw new WrongUse('A word is missing.', 'See `rekey help`.');
  return found;
}

/** The value of an option that takes one text. */
export function text(args: Arguments, option: string): string | undefined {
  const value = args.values[option];
  return typeof value === 'string' ? value : undefined;
}
