import { type Command, word } from '../command.ts';
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
import { line } from '../text/line.ts';
import { planText } from '../text/plan.ts';
import { WrongUse } from '../wrong-use.ts';
import { askedBy } from './approvals.ts';

export const approve: Command = {
  name: 'approve',
  usage: 'approve ID [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]',
  summary: 'confirm a rotation that waits, and see it through',
  details: [
    'Shows the plan and asks at the terminal; --confirm rotate-now is for scripts, where the settings allow it.',
    '--restart-hosts quits desktop apps that would write the old key back, and starts them again; a terminal asks.',
  ],
  options: { ...confirmOption, ...restartOptions },
  words: [1, 1],
  async run(args, context) {
    const { terminal, paint, say, interrupted } = context;
    const confirmed = confirmedByOption(args);
    const restarts = restartsByOption(args);
    if (!confirmed && !terminal.interactive) {
      throw new WrongUse('Nobody is at a terminal here to confirm this.', 'Run it in a terminal, or confirm in Rekey.');
    }
    const follower = new RotationFollower(context, await context.core());
    try {
      const approval = await follower.core.call('getApproval', { id: word(args) });
      say(line`Asked by ${askedBy(approval.requester)}`);
      say(planText(approval.plan, paint));
      const chosen =
        restarts === null && !confirmed && approval.state === 'waiting'
          ? await chosenRestarts(terminal, approval.plan, interrupted)
          : idsToRestart(approval.plan, restarts);
      if (!confirmed && approval.state === 'waiting' && !(await typedConfirmation(terminal, approval, interrupted))) {
        throw new WrongUse('That was not the name. The request still waits.', 'Run it again, or use `rekey deny`.');
      }
      const { id, plan } = approval;
      return await follower.seeThrough(
        await follower.core.call('approve', { id, planHash: plan.hash, restartHosts: chosen }),
      );
    } finally {
      follower.close();
    }
  },
};
