import type { Batch } from '../../main/approvals/batch.schema.ts';
import { type Command, type Context, type Done, word } from '../command.ts';
import { typedConfirmation } from '../confirm.ts';
import { askChoices, choicesOf, decisionOptions, type Given, givenBy } from '../decide.ts';
import { approveSeveral, askSeveral } from '../decide-several.ts';
import { doneWith, RotationFollower } from '../follow-rotation.ts';
import { endOfSeveral } from '../follow-several.ts';
import { batchText } from '../text/batch.ts';
import { line } from '../text/line.ts';
import { planText } from '../text/plan.ts';
import { WrongUse } from '../wrong-use.ts';
import { askedBy, ifKnown } from './approvals.ts';

export const approve: Command = {
  name: 'approve',
  usage: 'approve ID [--grace 0|1h|1d|7d] [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]',
  summary: 'confirm rotations that wait, and see them through',
  details: [
    'ID is that of one request, or of several that were asked for together: see `rekey approvals`.',
    'Shows the plan and asks at the terminal; --confirm rotate-now is for scripts, where the settings allow it.',
    '--restart-hosts quits desktop apps that would write the old key back, and starts them again; a terminal asks.',
  ],
  options: decisionOptions,
  words: [1, 1],
  async run(args, context) {
    const { terminal, paint, say, interrupted } = context;
    const given = givenBy(args);
    const { confirmed } = given;
    if (!confirmed && !terminal.interactive) {
      throw new WrongUse('Nobody is at a terminal here to confirm this.', 'Run it in a terminal, or confirm in Rekey.');
    }
    const follower = new RotationFollower(context, await context.core());
    try {
      const id = word(args);
      const approval = await ifKnown(follower.core.call('getApproval', { id }));
      if (!approval)
        return await several(await follower.core.call('getBatch', { batch: id }), given, context, follower);
      say(line`Asked by ${askedBy(approval.requester)}`);
      if (approval.batch) say(`Asked for together with others: \`rekey approve ${approval.batch}\` confirms all.`);
      say(planText(approval.plan, paint));
      const choices =
        !confirmed && approval.state === 'waiting'
          ? await askChoices(terminal, approval, given, interrupted)
          : choicesOf(approval, given);
      if (!confirmed && approval.state === 'waiting' && !(await typedConfirmation(terminal, approval, interrupted))) {
        throw new WrongUse('That was not the name. The request still waits.', 'Run it again, or use `rekey deny`.');
      }
      const approved = await follower.core.call('approve', { id, planHash: approval.plan.hash, ...choices });
      return doneWith(await follower.seeThrough(approved));
    } finally {
      follower.close();
    }
  },
};

async function several(asked: Batch, given: Given, context: Context, follower: RotationFollower): Promise<Done> {
  const { terminal, say, interrupted } = context;
  for (const { requester } of asked.approvals.slice(0, 1)) say(line`Asked by ${askedBy(requester)}`);
  say(batchText(asked));
  const answered = given.confirmed ? { restarts: [] } : await askSeveral(terminal, asked, given, interrupted);
  if (!answered) {
    throw new WrongUse('That was not rotate-now. The requests still wait.', 'Run it again, or use `rekey deny`.');
  }
  const decided = await approveSeveral(asked, given, answered.restarts, follower);
  return endOfSeveral(asked, decided, follower);
}
