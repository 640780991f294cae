import type { Rotation } from './rotation.schema.ts';

/** The activity tells the whole history; the journal keeps what somebody may still act on. */
export const KEPT_PER_KEY = 10;

/**
 * Ids of the ended rotations that nobody needs any more: all but the newest of each key, and those that something is
 * still to be done with. Pure.
 * @param rotations newest first.
 */
export function outdated(rotations: readonly Rotation[]): string[] {
  const seen = new Map<string, number>();
  return rotations.flatMap((rotation) => {
    const { id, target } = rotation;
    const place = (seen.get(target.id) ?? 0) + 1;
    seen.set(target.id, place);
    return place > KEPT_PER_KEY && isOver(rotation) ? [id] : [];
  });
}

function isOver({ step, revocation, watched, tidy }: Rotation): boolean {
  const isLeft = revocation?.state === 'due' || revocation?.state === 'held';
  return step === 'ended' && tidy && !isLeft && watched.length === 0;
}
