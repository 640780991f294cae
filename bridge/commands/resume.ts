import { type Command, word } from '../command.ts';
import { RotationFollower } from '../follow-rotation.ts';

export const resume: Command = {
  name: 'resume',
  usage: 'resume ID',
  summary: 'go on with a rotation that waits, or try again what was left to do',
  options: {},
  words: [1, 1],
  async run(args, context) {
    const follower = new RotationFollower(context, await context.core());
    try {
      const id = word(args);
      const before = await follower.core.call('getRotation', { id });
      const resumed = await follower.core.call('resumeRotation', { id });
      return await follower.toTheEnd(resumed, before);
    } finally {
      follower.close();
    }
  },
};
