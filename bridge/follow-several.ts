import type { Approval } from '../main/approvals/approval.schema.ts';
import type { Batch } from '../main/approvals/batch.schema.ts';
import { type ErrorView, errorView } from '../main/errors.ts';
import { whyNone } from '../main/mcp/not-approved.ts';
import { leftToDo, outcomeText, restartsWanted } from '../main/mcp/words.ts';
import type { Rotation } from '../main/rotation/rotation.schema.ts';
import type { Context, Done, ExitCode } from './command.ts';
import type { Given } from './decide.ts';
import { type DecidedSeveral, decideSeveral, takeBack } from './decide-several.ts';
import { exitCodeOf, goesOn, type RotationFollower } from './follow-rotation.ts';
import { line, plain } from './text/line.ts';
import { section } from './text/plan.ts';
import { rotationText } from './text/rotation.ts';

/** What became of one of several: as one JSON object. */
interface Ended {
  /** Its name. */
  readonly credential: string;
  /** Null where none began. */
  readonly rotation: Rotation | null;
  /** Why none began, or could not be followed. */
  readonly problem: ErrorView | null;
}

/**
 * Sees several rotations through: the wait for their confirmation, then all of them side by side.
 * @throws {NotApproved} when nobody has confirmed any of them.
 */
export async function seeSeveralThrough(
  asked: Batch,
  given: Given,
  context: Context,
  follower: RotationFollower,
): Promise<Done> {
  const decided = await orTakeBack(asked, context, follower, () => decideSeveral(asked, given, context, follower));
  refuseNone(decided);
  return endOfSeveral(asked, decided, follower);
}

/** From the decision to the end of each, or to where it stands still. */
export async function endOfSeveral(asked: Batch, decided: DecidedSeveral, follower: RotationFollower): Promise<Done> {
  const ended = await Promise.all(decided.approvals.map((approval) => endOf(approval, decided, follower)));
  const refused = asked.refused.map((one): Ended => ({ ...one, rotation: null }));
  return doneWithAll([...ended, ...refused]);
}

/** What still waits is taken back when that fails or is interrupted. */
async function orTakeBack(
  asked: Batch,
  { interrupted }: Context,
  follower: RotationFollower,
  work: () => Promise<DecidedSeveral>,
): Promise<DecidedSeveral> {
  try {
    return await work();
  } catch (error) {
    if (follower.core.ended.aborted) throw error;
    const approvals = await takeBack(asked, follower);
    if (!interrupted.aborted) throw error;
    throw approvals.map(whyNone).find((none) => none !== null) ?? goesOn();
  }
}

function refuseNone({ approvals, problems }: DecidedSeveral): void {
  const [none] = approvals.map(whyNone);
  if (none && problems.size === 0 && approvals.every(({ state }) => state !== 'approved' && state !== 'failed')) {
    throw none;
  }
}

async function endOf(approval: Approval, { problems }: DecidedSeveral, follower: RotationFollower): Promise<Ended> {
  const credential = approval.plan.target.name;
  const problem = problems.get(approval.id) ?? null;
  if (problem) return { credential, rotation: null, problem };
  try {
    return { credential, rotation: await follower.named(credential).seeThrough(approval), problem: null };
  } catch (error) {
    // The app is gone, or the person has had enough: that ends the command, and not only this one.
    if (follower.signal.aborted) throw error;
    return { credential, rotation: null, problem: errorView(error) };
  }
}

function doneWithAll(ended: readonly Ended[]): Done {
  const rotations = ended.flatMap(({ rotation }) => rotation ?? []);
  return {
    exitCode: exitCodeOfAll(ended),
    json: ended,
    text: [
      '',
      ...ended.map(endText),
      ...section('To use the new keys:', [...new Set(rotations.flatMap(restartsWanted))]),
    ].join('\n'),
  };
}

/** Those of which there is nothing more to say in one line. */
function endText({ credential, rotation, problem }: Ended): string {
  if (!rotation) return line`“${credential}” was not rotated. ${problem ? `${problem.message} ${problem.wayOut}` : ''}`;
  // Restarts are told once for all of them.
  return saysAll(rotation) ? plain(outcomeText(rotation)) : `\n${rotationText({ ...rotation, restarts: [] })}`;
}

/** Whether there is nothing to know beside that it is done, and which programs want a restart. */
function saysAll(rotation: Rotation): boolean {
  const { outcome, notKept, unverified, cooldown, revocation } = rotation;
  const isSimple = outcome === 'done' && notKept.length === 0 && !unverified && !cooldown && !revocation;
  return isSimple && leftToDo(rotation).length === 0;
}

function exitCodeOfAll(ended: readonly Ended[]): ExitCode {
  const codes = ended.map(({ rotation }) => (rotation ? exitCodeOf(rotation) : 1));
  if (codes.every((code) => code === 0)) return 0;
  return codes.some((code) => code !== 1) ? 3 : 1;
}
