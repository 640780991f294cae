import type { Approval } from '../main/approvals/approval.schema.ts';
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

/** Asks the person to type the key's name: more than a reflex, less than a chore. */
export async function typedConfirmation(terminal: Terminal, { plan }: Approval, signal: AbortSignal): Promise<boolean> {
  const { name } = plan.target;
  const question = line`Type ${name} or ${CONFIRMATION} to rotate now, anything else to leave it: `;
  const typed = await terminal.ask(`\n${question}`, signal);
  return typed === name || typed === CONFIRMATION;
}
