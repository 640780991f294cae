import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { type Command, type Context, word } from '../command.ts';
import { decide, decisionOptions, type Given, givenBy } from '../decide.ts';
import { offering } from '../find-rotation.ts';
import { doneWith, RotationFollower } from '../follow-rotation.ts';
import { pasteKey } from '../paste-key.ts';
import { settingsOf } from '../settings-of.ts';

const usage =
  'adopt NAME|ID [--setting NAME=VALUE]... [--even-if-refused] [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]';

export const adopt: Command = {
  name: 'adopt',
  usage,
  summary: 'take a new key that you made on the service’s page, and put it everywhere the old one stood',
  details: [
    'For a rotation whose new key was lost, or that you do by hand; if there is none, a rotation by hand is asked for.',
    'The key is read from stdin, or typed at a hidden prompt; it is never an argument. A service that shows a second secret',
    'with it is asked about in the next line; left empty, that one stays as it is.',
    '--setting gives what the new key has its own of, such as key_id, where the service does not tell it.',
    '--even-if-refused takes a key that the service does not accept (yet), or of another form than usual.',
  ],
  options: { ...decisionOptions, setting: { type: 'string', multiple: true }, 'even-if-refused': { type: 'boolean' } },
  words: [1, 1],
  async run(args, context) {
    const given = givenBy(args);
    const pasting = {
      evenIfRefused: args.values['even-if-refused'] === true,
      settings: settingsOf(args, usage),
    };
    const follower = new RotationFollower(context, await context.core());
    try {
      const ref = word(args);
      const waiting = await offering(follower.core, ref, 'paste-key');
      const rotation = waiting ?? (await startByHand(ref, given, context, follower));
      // One that stopped at its checks wants no key any more.
      if (rotation.step === 'ended' && rotation.outcome !== 'lost') return doneWith(rotation);
      return doneWith(await pasteKey(rotation, pasting, context, follower));
    } finally {
      follower.close();
    }
  },
};

/** @returns the rotation as it waits for the new key, or as it has ended before. */
async function startByHand(
  credential: string,
  given: Given,
  context: Context,
  follower: RotationFollower,
): Promise<Rotation> {
  const asked = await follower.core.call('requestRotation', { credential, byHand: true });
  return follower.seeThrough(await follower.orTakeBack(asked, () => decide(asked, given, context, follower)));
}
