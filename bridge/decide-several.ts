import type { Approval } from '../main/approvals/approval.schema.ts';
import { type Batch, hostsOfSeveral } from '../main/approvals/batch.schema.ts';
import { type ErrorView, RekeyError } from '../main/errors.ts';
import type { Plan } from '../main/rotation/plan.schema.ts';
import type { CallInput } from '../preload/contract.ts';
import type { Context } from './command.ts';
import { chosenRestarts, confirmedAll, idsToRestart } from './confirm.ts';
import { type Given, whereElse } from './decide.ts';
import type { RotationFollower } from './follow-rotation.ts';
import type { Terminal } from './terminal.ts';
import { batchText } from './text/batch.ts';
import { plain } from './text/line.ts';

type Confirmation = CallInput<'approveBatch'>['approvals'][number];

/** How it was decided: the requests as they are now, and why some of them could not begin, by their ids. */
export interface DecidedSeveral {
  readonly approvals: readonly Approval[];
  readonly problems: ReadonlyMap<string, ErrorView>;
}

/** Confirms all at once here where that is possible, else waits for whoever confirms elsewhere. */
export async function decideSeveral(
  asked: Batch,
  given: Given,
  { terminal, say }: Context,
  follower: RotationFollower,
): Promise<DecidedSeveral> {
  if (given.confirmed) return approveHere(asked, given, [], say, follower);
  say(batchText(asked));
  if (!terminal.interactive) return waitForOthers(asked, 'Nobody is at a terminal here.', say, follower);

  // The person may confirm in the app or the page while the question stands here.
  const asking = new AbortController();
  const decided = othersDecide(asked, follower).finally(() => asking.abort());
  const answered = askSeveral(terminal, asked, given, asking.signal).catch(() => decided);
  const first = await Promise.race([answered, decided]);
  if (first === null) return { approvals: await takeBack(asked, follower), problems: new Map() };
  return 'restarts' in first ? approveHere(asked, given, first.restarts, say, follower) : first;
}

/** What the person says at the terminal: ids of the hosts to restart, or null for no rotation at all. */
export async function askSeveral(
  terminal: Terminal,
  asked: Batch,
  given: Given,
  signal: AbortSignal,
): Promise<{ readonly restarts: readonly string[] } | null> {
  const restarts = await chosenRestarts(terminal, { hosts: restartsToAsk(asked, given) }, signal);
  return (await confirmedAll(terminal, asked.approvals.length, signal)) ? { restarts } : null;
}

/**
 * Confirms all that still wait.
 * @param restarts ids of the hosts that the person let Rekey restart, beside those of the options.
 */
export async function approveSeveral(
  { batch }: Batch,
  given: Given,
  restarts: readonly string[],
  { core }: RotationFollower,
): Promise<DecidedSeveral> {
  const now = (await core.call('getBatch', { batch })).approvals;
  const waiting = now.filter(({ state }) => state === 'waiting');
  if (waiting.length === 0) return { approvals: now, problems: new Map() };
  const shared = hostsOfSeveral(waiting.map(({ plan }) => plan));
  const confirmations = waiting.map(({ id, plan }): Confirmation => {
    const chosen = [...idsToRestart(plan, given.restarts), ...ofPlan(plan, restarts)];
    const grace = plan.grace && given.graceMinutes !== null ? { graceMinutes: given.graceMinutes } : {};
    return { id, planHash: plan.hash, restartHosts: chosen.filter((host) => !shared.has(host)), ...grace };
  });
  const { approvals, failed } = await core.call('approveBatch', { batch, approvals: confirmations });
  return { approvals, problems: new Map(failed.map(({ id, problem }) => [id, problem])) };
}

/** Takes back what still waits. @returns all of them as they are then. */
export async function takeBack({ batch }: Batch, { core }: RotationFollower): Promise<readonly Approval[]> {
  for (const { id, state } of (await core.call('getBatch', { batch })).approvals) {
    // It may be decided in this very moment; how, is asked for below.
    if (state === 'waiting') await core.call('withdraw', { id }).catch(() => {});
  }
  return (await core.call('getBatch', { batch })).approvals;
}

/** Where only the app itself may confirm, the person is told, and waited for. */
async function approveHere(
  asked: Batch,
  given: Given,
  restarts: readonly string[],
  say: Context['say'],
  follower: RotationFollower,
): Promise<DecidedSeveral> {
  try {
    const { problems } = await approveSeveral(asked, given, restarts, follower);
    // What was refused and still waits is taken back: nobody is asked about it once more.
    return { approvals: await takeBack(asked, follower), problems };
  } catch (error) {
    if (!(error instanceof RekeyError) || error.code !== 'approval-not-here') throw error;
    return waitForOthers(asked, error.wayOut, say, follower);
  }
}

function waitForOthers(
  asked: Batch,
  where: string,
  say: Context['say'],
  follower: RotationFollower,
): Promise<DecidedSeveral> {
  say(plain(where));
  const [first] = asked.approvals;
  if (first) say(whereElse(first.expiresAt, asked.batch));
  return othersDecide(asked, follower);
}

async function othersDecide({ approvals }: Batch, follower: RotationFollower): Promise<DecidedSeveral> {
  return {
    approvals: await Promise.all(approvals.map((approval) => follower.decision(approval))),
    problems: new Map(),
  };
}

/** Apps that only one of the keys concerns; none where the options have decided. */
function restartsToAsk({ approvals }: Batch, { restarts }: Given): Plan['hosts'] {
  if (restarts !== null) return [];
  const plans = approvals.map(({ plan }) => plan);
  const shared = hostsOfSeveral(plans);
  return plans.flatMap(({ hosts }) => hosts.filter(({ id }) => !shared.has(id)));
}

function ofPlan({ hosts }: Plan, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => hosts.some((host) => host.id === id));
}
