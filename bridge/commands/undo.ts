import { type Command, word } from '../command.ts';
import { decide, decisionOptions, givenBy } from '../decide.ts';
import { findRotation } from '../find-rotation.ts';
import { doneWith, RotationFollower } from '../follow-rotation.ts';

export const undo: Command = {
  name: 'undo',
  usage: 'undo NAME|ID [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]',
  summary: 'go back to the old key while it still works, and revoke the new one',
  details: ['It is confirmed as a rotation is; the files and the keychain get the old key back.'],
  options: decisionOptions,
  words: [1, 1],
  async run(args, context) {
    const given = givenBy(args);
    const follower = new RotationFollower(context, await context.core());
    try {
      const { id, target } = await findRotation(follower.core, word(args), 'undo');
      const asked = await follower.core.call('requestRotation', { credential: target.id, undo: id });
      const decided = await follower.orTakeBack(asked, () => decide(asked, given, context, follower));
      return doneWith(await follower.seeThrough(decided));
    } finally {
      follower.close();
    }
  },
};
