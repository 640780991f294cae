import { resolve } from 'node:path';
import type { CallInput } from '../../preload/contract.ts';
import { type Arguments, type Command, type Context, type Done, text, word } from '../command.ts';
import { decide, decisionOptions, givenBy } from '../decide.ts';
import { doneWith, RotationFollower } from '../follow-rotation.ts';
import { seeSeveralThrough } from '../follow-several.ts';
import { pasteKey } from '../paste-key.ts';
import { WrongUse } from '../wrong-use.ts';

const MOST_NAMES = 100;

export const rotate: Command = {
  name: 'rotate',
  usage:
    'rotate NAME [NAME ...] | --in-file PATH [--agent-id ID] [--by-hand] [--grace 0|1h|1d|7d] [--confirm rotate-now] [--restart-hosts | --no-restart-hosts]',
  summary: 'rotate keys and put the new ones everywhere the old ones stood',
  details: [
    'Shows the plan and asks at the terminal. Where the Rekey app has its own window, it is confirmed there.',
    'Several keys are confirmed at once and rotated side by side; what can’t be rotated now stops no other.',
    '--in-file: all keys that stand in this file now, for a file that others have seen.',
    '--by-hand: you make the new key on the service’s page and paste it; at a terminal at once, else by `rekey adopt`.',
    '--grace: for how long the old key works on, where the service lets you choose; a terminal asks (for one key).',
    '--confirm rotate-now is for scripts, where the settings allow it. Ctrl-C takes the question back while it waits.',
    '--restart-hosts quits desktop apps that would write the old key back, and starts them again; a terminal asks.',
    'Of several keys, exit code 0 is all done, 3 done in part, 1 none; --json gives an array with one object for each.',
  ],
  options: {
    ...decisionOptions,
    'agent-id': { type: 'string' },
    'by-hand': { type: 'boolean' },
    'in-file': { type: 'string' },
  },
  words: [0, MOST_NAMES],
  async run(args, context) {
    const several = severalBy(args);
    const follower = new RotationFollower(context, await context.core());
    try {
      if (!several) return await rotateOne(args, context, follower);
      const asked = await follower.core.call('requestRotations', several);
      return await seeSeveralThrough(asked, givenBy(args), context, follower);
    } finally {
      follower.close();
    }
  },
};

/** What to ask for where it is about more than one key by its name; null for one. @throws {WrongUse} */
function severalBy(args: Arguments): CallInput<'requestRotations'> | null {
  const { positionals, values } = args;
  const file = text(args, 'in-file');
  if ((file === undefined) === (positionals.length === 0)) {
    throw new WrongUse('It takes either names of keys or --in-file.', 'Usage: rekey rotate NAME [NAME ...]');
  }
  if (file === undefined && positionals.length === 1) return null;
  if (values['agent-id'] !== undefined || values['by-hand'] === true) {
    throw new WrongUse('--agent-id and --by-hand are for one key.', 'Leave them out, or rotate that key alone.');
  }
  return file === undefined ? { credentials: [...positionals] } : { file: resolve(file) };
}

async function rotateOne(args: Arguments, context: Context, follower: RotationFollower): Promise<Done> {
  const given = givenBy(args);
  const agentId = text(args, 'agent-id');
  const byHand = args.values['by-hand'] === true;
  const asked = await follower.core.call('requestRotation', {
    credential: word(args),
    ...(agentId !== undefined && { agentId }),
    ...(byHand && { byHand }),
  });
  const decided = await follower.orTakeBack(asked, () => decide(asked, given, context, follower));
  const rotation = await follower.seeThrough(decided);
  const atHand = context.terminal.interactive && rotation.way === 'by-hand';
  if (!atHand || !rotation.offers.includes('paste-key')) return doneWith(rotation);
  return doneWith(await pasteKey(rotation, { evenIfRefused: false, settings: {} }, context, follower));
}
