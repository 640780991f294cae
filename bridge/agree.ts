import type { Context } from './command.ts';
import { WrongUse } from './wrong-use.ts';

/** Puts a question to the person at the terminal. @throws {WrongUse} for any answer but `yes`, and where nobody is. */
export async function agree({ terminal, interrupted }: Context, question: string): Promise<void> {
  if (!terminal.interactive) throw new WrongUse('Nobody is here to confirm this.', 'Run it at a terminal.');
  const answer = await terminal.ask(`${question}\nType yes to go on: `, interrupted);
  if (answer !== 'yes') throw new WrongUse('That was not “yes”.', 'Run it again if it is meant.');
}
