import type { Approval } from '../main/approvals/approval.schema.ts';
import { RekeyError } from '../main/errors.ts';
import type { CallInput } from '../preload/contract.ts';
import type { Arguments, Context } from './command.ts';
import {
  chosenRestarts,
  confirmedByOption,
  confirmOption,
  idsToRestart,
  restartOptions,
  restartsByOption,
  typedConfirmation,
} from './confirm.ts';
import type { RotationFollower } from './follow-rotation.ts';
import { chosenGrace, graceByOption, graceOption } from './grace.ts';
import type { Terminal } from './terminal.ts';
import { line, plain } from './text/line.ts';
import { planText } from './text/plan.ts';

export const decisionOptions = { ...confirmOption, ...restartOptions, ...graceOption } as const;

/** What the options have decided already; null is left to the person. */
export interface Given {
  /** `--confirm rotate-now`: nobody is asked. */
  readonly confirmed: boolean;
  readonly restarts: boolean | null;
  readonly graceMinutes: number | null;
}

/** What is chosen beside the yes. */
export type Choices = Pick<CallInput<'approve'>, 'restartHosts' | 'graceMinutes'>;

/** @throws {WrongUse} */
export function givenBy(args: Arguments): Given {
  return {
    confirmed: confirmedByOption(args),
    restarts: restartsByOption(args),
    graceMinutes: graceByOption(args),
  };
}

/** Confirms here where that is possible, else waits for whoever confirms elsewhere. */
export async function decide(
  asked: Approval,
  given: Given,
  { terminal, paint, say }: Context,
  follower: RotationFollower,
): Promise<Approval> {
  if (given.confirmed) return approveHere(asked, choicesOf(asked, given), say, follower);
  say(planText(asked.plan, paint));
  if (!terminal.interactive) return waitForOthers(asked, 'Nobody is at a terminal here.', say, follower);

  // The person may confirm in the app or the page while the question stands here.
  const asking = new AbortController();
  const decided = follower.decision(asked).finally(() => asking.abort());
  const answered = answer(terminal, asked, given, asking.signal).catch(() => decided);
  const first = await Promise.race([answered, decided]);
  if (first === null) return follower.core.call('withdraw', { id: asked.id });
  return 'yes' in first ? approveHere(asked, first.choices, say, follower) : first;
}

/** What is chosen where nobody is asked: as the options say, else as the plan does by itself. */
export function choicesOf({ plan }: Approval, { restarts, graceMinutes }: Given): Choices {
  return { restartHosts: idsToRestart(plan, restarts), ...(graceMinutes !== null && { graceMinutes }) };
}

/** What the person at the terminal chooses, where the options have left it open. */
export async function askChoices(
  terminal: Terminal,
  { plan }: Approval,
  { restarts, graceMinutes }: Given,
  signal: AbortSignal,
): Promise<Choices> {
  const restartHosts = restarts === null ? await chosenRestarts(terminal, plan, signal) : idsToRestart(plan, restarts);
  const minutes = graceMinutes ?? (await chosenGrace(terminal, plan, signal));
  return { restartHosts, ...(minutes !== null && { graceMinutes: minutes }) };
}

/** What the person says at the terminal; null for no rotation at all. */
async function answer(
  terminal: Terminal,
  asked: Approval,
  given: Given,
  signal: AbortSignal,
): Promise<{ readonly yes: true; readonly choices: Choices } | null> {
  const choices = await askChoices(terminal, asked, given, signal);
  return (await typedConfirmation(terminal, asked, signal)) ? { yes: true, choices } : null;
}

/** Where only the app itself may confirm, the person is told, and waited for. */
async function approveHere(
  asked: Approval,
  choices: Choices,
  say: Context['say'],
  follower: RotationFollower,
): Promise<Approval> {
  try {
    return await follower.core.call('approve', { id: asked.id, planHash: asked.plan.hash, ...choices });
  } catch (error) {
    if (!(error instanceof RekeyError) || error.code !== 'approval-not-here') throw error;
    return waitForOthers(asked, error.wayOut, say, follower);
  }
}

function waitForOthers(
  asked: Approval,
  where: string,
  say: Context['say'],
  follower: RotationFollower,
): Promise<Approval> {
  say(plain(where));
  say(whereElse(asked.expiresAt, asked.id));
  return follower.decision(asked);
}

/** @param id of the request, or of several that are confirmed at once. */
export function whereElse(expiresAt: string, id: string): string {
  return line`Waits for a confirmation until ${expiresAt}: in Rekey, or \`rekey approve ${id}\` in a terminal.`;
}
