import { RekeyError } from '../../main/errors.ts';
import { hostsToRestart, type Restart, type Rotation } from '../../main/rotation/rotation.schema.ts';
import { agree } from '../agree.ts';
import { type Command, word } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { rotationsOf } from '../find-rotation.ts';
import { line } from '../text/line.ts';
import { rotationText } from '../text/rotation.ts';

export const restart: Command = {
  name: 'restart',
  usage: 'restart NAME|ID [HOST]',
  summary: 'quit the programs that still run with the old key, and start them again',
  details: [
    'Only desktop apps; without HOST all of them that wait for it. What is unsaved in them may be lost.',
    'Only for a person at a terminal.',
  ],
  options: {},
  words: [1, 2],
  async run(args, context) {
    const core = await context.core();
    const { rotation, restarts } = await findRestarts(core, word(args), args.positionals[1]);
    const names = restarts.map(({ name }) => name).join(', ');
    await agree(context, line`Quit ${names} and start it again? What is unsaved in it may be lost.`);
    let last = rotation;
    for (const { id } of restarts) last = await core.call('restartHost', { id: rotation.id, host: id });
    return { exitCode: 0, json: last, text: rotationText(last) };
  },
};

/** @throws {RekeyError} `restart-not-needed`. */
async function findRestarts(
  core: CoreClient,
  ref: string,
  host: string | undefined,
): Promise<{ readonly rotation: Rotation; readonly restarts: readonly Restart[] }> {
  const [rotation] = await rotationsOf(core, ref);
  const wanted = (one: Restart): boolean => [one.id, one.name.toLowerCase()].includes(host?.toLowerCase() ?? one.id);
  const restarts = rotation ? hostsToRestart(rotation).filter(wanted) : [];
  if (rotation && restarts.length > 0) return { rotation, restarts };
  throw new RekeyError(
    'restart-not-needed',
    line`No program that Rekey can start again${host === undefined ? '' : line`, and that is ${host},`} runs with the old key of “${ref}”. Nothing was changed.`,
    'See `rekey status NAME` for what is left to do.',
  );
}
