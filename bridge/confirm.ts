import type { Approval } from '../main/approvals/approval.schema.ts';
import type { Plan } from '../main/rotation/plan.schema.ts';
import { type Arguments, text } from './command.ts';
import type { Terminal } from './terminal.ts';
import { line } from './text/line.ts';
import { WrongUse } from './wrong-use.ts';

const CONFIRMATION = 'rotate-now';

export const confirmOption = { confirm: { type: 'string' } } as const;

/** Whether `--confirm rotate-now` was given. @throws {WrongUse} for any other word. */
export function confirmedByOption(args: Arguments): boolean {
  const confirm = text(args, 'confirm');
  if (confirm !== undefined && confirm !== CONFIRMATION) {
    throw new WrongUse(`--confirm takes exactly ${CONFIRMATION}.`, `Give --confirm ${CONFIRMATION}, or leave it out.`);
  }
  return confirm !== undefined;
}

export const restartOptions = {
  'restart-hosts': { type: 'boolean' },
  'no-restart-hosts': { type: 'boolean' },
} as const;

/** Whether `--restart-hosts` or `--no-restart-hosts` was given; null for neither. @throws {WrongUse} for both. */
export function restartsByOption({ values }: Arguments): boolean | null {
  const yes = values['restart-hosts'] === true;
  const no = values['no-restart-hosts'] === true;
  if (yes && no) {
    throw new WrongUse('--restart-hosts and --no-restart-hosts exclude each other.', 'Give one of them, or neither.');
  }
  return yes || no ? yes : null;
}

/** Desktop apps that run and would write the old key back: they are better quit meanwhile. */
function restartable({ hosts }: Pick<Plan, 'hosts'>): Plan['hosts'] {
  return hosts.filter(({ running, rewritesFile, isDesktopApp }) => running === true && rewritesFile && isDesktopApp);
}

/** All that can be restarted, when the option says so; else none. */
export function idsToRestart(plan: Plan, byOption: boolean | null): string[] {
  return byOption ? restartable(plan).map(({ id }) => id) : [];
}

/** Asks for each of these apps whether Rekey may quit it and start it again. @returns ids. */
export async function chosenRestarts(
  terminal: Terminal,
  plan: Pick<Plan, 'hosts'>,
  signal: AbortSignal,
): Promise<string[]> {
  const chosen: string[] = [];
  for (const { id, name } of restartable(plan)) {
    const why = line`${name} keeps the old key in memory and would write it back. Drafts in it may be lost.`;
    const answer = await terminal.ask(`\n${why}\n${line`Quit ${name} and start it again? [Y/n] `}`, signal);
    if (!/^n/i.test(answer)) chosen.push(id);
  }
  return chosen;
}

/** Asks the person to type the key's name: more than a reflex, less than a chore. */
export async function typedConfirmation(terminal: Terminal, { plan }: Approval, signal: AbortSignal): Promise<boolean> {
  const { name } = plan.target;
  const question = line`Type ${name} or ${CONFIRMATION} to rotate now, anything else to leave it: `;
  const typed = await terminal.ask(`\n${question}`, signal);
  return typed === name || typed === CONFIRMATION;
}

/** The same for several keys, whose names would be too much to type. */
export async function confirmedAll(terminal: Terminal, count: number, signal: AbortSignal): Promise<boolean> {
  const what = count === 1 ? 'it' : `all ${count}`;
  const question = `Type ${CONFIRMATION} to rotate ${what} now, anything else to leave everything as it is: `;
  return (await terminal.ask(`\n${question}`, signal)) === CONFIRMATION;
}
