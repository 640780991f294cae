import { type Command, word } from '../command.ts';
import { findRotation } from '../find-rotation.ts';
import { doneWith, RotationFollower } from '../follow-rotation.ts';

export const resume: Command = {
  name: 'resume',
  usage: 'resume NAME|ID',
  summary: 'go on with a rotation that waits, or try again what was left to do',
  options: {},
  words: [1, 1],
  async run(args, context) {
    const follower = new RotationFollower(context, await context.core());
    try {
      const before = await findRotation(follower.core, word(args), 'go-on');
      const resumed = await follower.core.call('resumeRotation', { id: before.id });
      return doneWith(await follower.toTheEnd(resumed, before));
    } finally {
      follower.close();
    }
  },
};
