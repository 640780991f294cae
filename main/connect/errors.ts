import { RekeyError } from '../errors.ts';
import type { ServerProgram } from './entry-forms.ts';

export class ConnectError extends RekeyError<
  | 'connect-host-unknown'
  | 'connect-by-hand'
  | 'connect-entry-changed'
  | 'connect-nothing-to-do'
  | 'connect-file-changed'
> {}

/** What the person puts into the settings by hand. */
export function byHand(why: string, { command, args }: ServerProgram): ConnectError {
  return new ConnectError(
    'connect-by-hand',
    `${why} Nothing was changed.`,
    `Add an MCP server named rekey there yourself, with the command ${[command, ...args].map((word) => JSON.stringify(word)).join(' ')}.`,
  );
}

export function hostUnknown(): ConnectError {
  return new ConnectError(
    'connect-host-unknown',
    'Rekey does not know how this program writes the entry of a server. Nothing was changed.',
    'Add the server in the program itself.',
  );
}

export function nothingToDo(file: string): ConnectError {
  return new ConnectError(
    'connect-nothing-to-do',
    `${file} is that way already. Nothing was changed.`,
    'There is nothing more to do.',
  );
}

/** The entry is not the one that Rekey has put in: it is the person's, or the host's. */
export function entryChanged(file: string): ConnectError {
  return new ConnectError(
    'connect-entry-changed',
    `The server rekey in ${file} is not, or no longer, the way in which Rekey writes it. It was left as it is.`,
    'Remove the server in the program itself, or in the file.',
  );
}

export function changedSince(file: string): ConnectError {
  return new ConnectError(
    'connect-file-changed',
    `${file} has changed since you looked at it. Nothing was changed.`,
    'Look at the change again.',
  );
}
