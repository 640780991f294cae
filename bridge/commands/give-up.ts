import { agree } from '../agree.ts';
import { type Command, word } from '../command.ts';
import { findRotation } from '../find-rotation.ts';
import { line } from '../text/line.ts';
import { rotationText } from '../text/rotation.ts';

export const giveUp: Command = {
  name: 'give-up',
  usage: 'give-up NAME|ID',
  summary: 'end a rotation that waits, as it is',
  details: ['Only for a person at a terminal.'],
  options: {},
  words: [1, 1],
  async run(args, context) {
    const core = await context.core();
    const rotation = await findRotation(core, word(args), 'give-up');
    const { target, provider } = rotation;
    await agree(
      context,
      line`Give the rotation of “${target.name}” up? Rekey stops trying; a key that ${provider.name} may have made stays there until you revoke it.`,
    );
    const ended = await core.call('giveUpRotation', { id: rotation.id });
    return { json: ended, text: rotationText(ended) };
  },
};
