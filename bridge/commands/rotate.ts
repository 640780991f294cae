import type { Approval } from '../../main/approvals/approval.schema.ts';
import { RekeyError } from '../../main/errors.ts';
import { type Command, type Context, text, word } from '../command.ts';
import {
  chosenRestarts,
  confirmedByOption,
  confirmOption,
  idsToRestart,
  restartOptions,
  restartsByOption,
  typedConfirmation,
} from '../confirm.ts';
import { RotationFollower } from '../follow-rotation.ts';
import { line, plain } from '../text/line.ts';
import { planText } from '../text/plan.ts';

export const rotate: Command = {
  name: 'rotate',
  usage: 'rotate NAME [--agent-id ID] [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]',
  summary: 'rotate a key and put the new one everywhere the old one stood',
  details: [
    'Shows the plan and asks at the terminal. Where the Rekey app has its own window, it is confirmed there.',
    '--confirm rotate-now is for scripts, where the settings allow it. Ctrl-C takes the question back while it waits.',
    '--restart-hosts quits desktop apps that would write the old key back, and starts them again; a terminal asks.',
  ],
  options: { ...confirmOption, ...restartOptions, 'agent-id': { type: 'string' } },
  words: [1, 1],
  async run(args, context) {
    const confirmed = confirmedByOption(args);
    const restarts = restartsByOption(args);
    const agentId = text(args, 'agent-id');
    const follower = new RotationFollower(context, await context.core());
    try {
      const asked = await follower.core.call('requestRotation', {
        credential: word(args),
        ...(agentId !== undefined && { agentId }),
      });
      return await follower.seeThrough(
        await follower.orTakeBack(asked, () => decide(asked, { confirmed, restarts }, context, follower)),
      );
    } finally {
      follower.close();
    }
  },
};

/** Confirms here where that is possible, else waits for whoever confirms elsewhere. */
async function decide(
  asked: Approval,
  { confirmed, restarts }: { readonly confirmed: boolean; readonly restarts: boolean | null },
  { terminal, paint, say }: Context,
  follower: RotationFollower,
): Promise<Approval> {
  if (confirmed) return approveHere(asked, idsToRestart(asked.plan, restarts), say, follower);
  say(planText(asked.plan, paint));
  if (!terminal.interactive) return waitForOthers(asked, 'Nobody is at a terminal here.', say, follower);

  // The person may confirm in the app or the page while the question stands here.
  const asking = new AbortController();
  const decided = follower.decision(asked).finally(() => asking.abort());
  const answered = answer(terminal, asked, restarts, asking.signal).catch(() => decided);
  const first = await Promise.race([answered, decided]);
  if (first === null) return follower.core.call('withdraw', { id: asked.id });
  return 'yes' in first ? approveHere(asked, first.restartHosts, say, follower) : first;
}

/** What the person says at the terminal; null for no rotation at all. */
async function answer(
  terminal: Context['terminal'],
  asked: Approval,
  restarts: boolean | null,
  signal: AbortSignal,
): Promise<{ readonly yes: true; readonly restartHosts: string[] } | null> {
  const restartHosts =
    restarts === null ? await chosenRestarts(terminal, asked.plan, signal) : idsToRestart(asked.plan, restarts);
  return (await typedConfirmation(terminal, asked, signal)) ? { yes: true, restartHosts } : null;
}

/** Where only the app itself may confirm, the person is told, and waited for. */
async function approveHere(
  asked: Approval,
  restartHosts: string[],
  say: Context['say'],
  follower: RotationFollower,
): Promise<Approval> {
  try {
    return await follower.core.call('approve', { id: asked.id, planHash: asked.plan.hash, restartHosts });
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
  say(
    line`Waits for a confirmation until ${asked.expiresAt}: in Rekey, or \`rekey approve ${asked.id}\` in a terminal.`,
  );
  return follower.decision(asked);
}
