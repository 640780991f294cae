import type { Rotation } from '../main/rotation/rotation.schema.ts';
import type { Context } from './command.ts';
import type { RotationFollower } from './follow-rotation.ts';
import { line } from './text/line.ts';

/** What goes with the key. */
interface Pasting {
  readonly evenIfRefused: boolean;
  /** What this key has its own of (its id). */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Takes the key that the person has made on the service's page, from a hidden prompt or from stdin, and sees the
 * rotation through with it.
 * @throws what the core says of a key that it does not take; the rotation goes on waiting then.
 */
export async function pasteKey(
  rotation: Rotation,
  { evenIfRefused, settings }: Pasting,
  { terminal, say, interrupted }: Context,
  follower: RotationFollower,
): Promise<Rotation> {
  const { core } = follower;
  const { id, target, provider, outcome } = rotation;
  const known = (await core.call('listProviders', {})).find((one) => one.id === provider.id);
  if (terminal.canHide) {
    const page = known?.keysPage;
    const stays = outcome === 'lost' ? '' : ' Leave the old one as it is.';
    say(line`\nMake a new key for “${target.name}” on the page of ${provider.name}${page ? `: ${page}` : ''}.${stays}`);
  }
  const names = known?.companions.map(({ name }) => name) ?? [];
  const questions = names.map((name) => line`${name} (not shown either; press Enter if it has not changed): `);
  const [key, ...further] = await terminal.secrets(['New key (it is not shown): ', ...questions], interrupted);
  const companions = Object.fromEntries(
    names.flatMap((name, index) => {
      const secret = further[index];
      return secret ? [[name, secret.reveal()]] : [];
    }),
  );
  const pasted = { id, key: key.reveal(), companions, settings, evenIfRefused };
  return follower.toTheEnd(await core.call('adoptKey', pasted), rotation);
}
