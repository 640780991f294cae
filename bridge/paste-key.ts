import type { Rotation } from '../main/rotation/rotation.schema.ts';
import type { Context } from './command.ts';
import type { RotationFollower } from './follow-rotation.ts';
import { line } from './text/line.ts';

/**
 * Takes the key that the person has made on the service's page, from a hidden prompt or from stdin, and sees the
 * rotation through with it.
 * @throws what the core says of a key that it does not take; the rotation goes on waiting then.
 */
export async function pasteKey(
  rotation: Rotation,
  evenIfRefused: boolean,
  { terminal, say, interrupted }: Context,
  follower: RotationFollower,
): Promise<Rotation> {
  const { core } = follower;
  const { id, target, provider, outcome } = rotation;
  if (terminal.canHide) {
    const page = (await core.call('listProviders', {})).find((one) => one.id === provider.id)?.keysPage;
    const stays = outcome === 'lost' ? '' : ' Leave the old one as it is.';
    say(line`\nMake a new key for “${target.name}” on the page of ${provider.name}${page ? `: ${page}` : ''}.${stays}`);
  }
  const key = await terminal.secret('New key (it is not shown): ', interrupted);
  return follower.toTheEnd(await core.call('adoptKey', { id, key: key.reveal(), evenIfRefused }), rotation);
}
