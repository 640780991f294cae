import { unseenFiles } from '../../main/rotation/outcome.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { agree } from '../agree.ts';
import { type Command, word } from '../command.ts';
import { findRotation } from '../find-rotation.ts';
import { line } from '../text/line.ts';
import { section } from '../text/plan.ts';
import { rotationText } from '../text/rotation.ts';
import { WrongUse } from '../wrong-use.ts';

export const revoke: Command = {
  name: 'revoke',
  usage: 'revoke NAME|ID [--skip-left]',
  summary: 'end the old key’s life now, or note that you have done it on the service’s page',
  details: [
    '--skip-left: also when it still stands in files that could not be changed; what reads them stops working.',
    'Only for a person at a terminal.',
  ],
  options: { 'skip-left': { type: 'boolean' } },
  words: [1, 1],
  async run(args, context) {
    const skipLeft = args.values['skip-left'] === true;
    const core = await context.core();
    const rotation = await findRotation(core, word(args), 'revoke');
    const left = filesLeft(rotation);
    if (left.length > 0 && !skipLeft) {
      throw new WrongUse(
        `The old key stands, or may stand, in ${left.join(', ')}.`,
        'See to these first (`rekey resume NAME`), or add --skip-left: whatever reads them stops working then.',
      );
    }
    await agree(context, [question(rotation), ...section('It stands, or may stand, in:', left)].join('\n'));
    const revoked = await core.call('revokeOldKey', { id: rotation.id, skipLeft });
    return { exitCode: revoked.revocation?.state === 'revoked' ? 0 : 1, json: revoked, text: rotationText(revoked) };
  },
};

function question({ revocation, target, provider }: Rotation): string {
  return revocation?.by === 'person'
    ? line`Have you revoked the old key of “${target.name}” on the page of ${provider.name}?`
    : line`Revoke the old key of “${target.name}” at ${provider.name} now? Whatever still uses it stops working.`;
}

function filesLeft(rotation: Rotation): string[] {
  const todo = rotation.sites.filter(({ state }) => state === 'to-do').map(({ site }) => site.file);
  return [...new Set([...todo, ...unseenFiles(rotation)])];
}
