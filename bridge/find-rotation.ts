import { RekeyError } from '../main/errors.ts';
import type { Offer, Rotation } from '../main/rotation/rotation.schema.ts';
import type { CoreClient } from './core-client.ts';

const WHAT: Record<Offer, (name: string) => string> = {
  'go-on': (name) => `No rotation of “${name}” waits or has anything left to do.`,
  'paste-key': (name) => `No rotation of “${name}” waits for a key that you have made.`,
  'copy-key': (name) => `No new key of “${name}” is in Rekey’s memory only.`,
  'give-up': (name) => `No rotation of “${name}” can be given up as it stands.`,
  revoke: (name) => `“${name}” has no old key that still works and could be revoked.`,
  undo: (name) => `“${name}” has no old key that still works, so there is no way back to one.`,
};

/**
 * The rotation with which that can be done.
 * @param ref the name of the key, or the rotation's id: of that one the core says itself what can be done with it.
 * @throws {RekeyError} `not-offered`.
 */
export async function findRotation(core: CoreClient, ref: string, offer: Offer): Promise<Rotation> {
  const rotation = await offering(core, ref, offer);
  if (rotation) return rotation;
  throw new RekeyError(
    'not-offered',
    `${WHAT[offer](ref)} Nothing was changed.`,
    'See `rekey status` for what there is, and `rekey status NAME` for one rotation.',
  );
}

/** As {@link findRotation}; null where there is none. */
export async function offering(core: CoreClient, ref: string, offer: Offer): Promise<Rotation | null> {
  const [newest, ...earlier] = await rotationsOf(core, ref);
  if (newest?.id === ref || newest?.offers.includes(offer)) return newest;
  // What is still to be done with an earlier one is only about its old key.
  const aboutOldKey = offer === 'revoke' || offer === 'undo';
  return (aboutOldKey && earlier.find(({ offers }) => offers.includes(offer))) || null;
}

/**
 * The rotation of this id, or those of the key of this name: the newest first. Of an earlier key of the same name, which
 * was removed since, there are none.
 */
export async function rotationsOf(core: CoreClient, ref: string): Promise<readonly Rotation[]> {
  const [rotations, credentials] = await Promise.all([
    core.call('listRotations', {}),
    core.call('listCredentials', {}),
  ]);
  const byId = rotations.filter(({ id }) => id === ref);
  if (byId.length > 0) return byId;
  const same = (name: string): boolean => name.toLowerCase() === ref.toLowerCase();
  const key = credentials.find(({ id, name }) => id === ref || same(name));
  return rotations
    .filter(({ target }) => (key ? target.id === key.id : same(target.name)))
    .sort((one, other) => other.startedAt.localeCompare(one.startedAt));
}
