import type { RotationParts } from './parts.ts';
import { KEPT_PER_KEY, outdated } from './prune.ts';
import type { Rotation } from './rotation.schema.ts';
import { tidyUp } from './tidy.ts';

/** Removes what a crash or a locked keychain has left of an ended rotation. @throws {KeychainError} */
export async function tidyLeft(parts: RotationParts, rotation: Rotation): Promise<void> {
  if (rotation.outcome === null) return;
  await tidyUp(parts, rotation, rotation.outcome);
  await parts.journal.write({ ...rotation, tidy: true });
}

/** What earlier rotations of the key have offered is over when it has a new one; their old keys can still be revoked. */
export async function supersede({ journal, receipts, onChange }: RotationParts, newest: Rotation): Promise<void> {
  if (newest.outcome !== 'done' && newest.outcome !== 'done-in-part') return;
  if ((await journal.count()) === 1) return;
  for (const one of await journal.list()) {
    if (one.id === newest.id || one.target.id !== newest.target.id) continue;
    // Sealed answers that nobody could read: what may be in them is of no use any more.
    if (one.outcome === 'lost' || one.outcome === 'given-up') await receipts.discard(one.id);
    const offers = one.offers.filter((offer) => offer === 'revoke');
    if (offers.length === one.offers.length) continue;
    const record = { ...one, offers };
    await journal.write(record);
    onChange(record);
  }
}

/** Forgets the rotations that nobody needs any more. */
export async function prune({ journal }: RotationParts): Promise<void> {
  if ((await journal.count()) <= KEPT_PER_KEY) return;
  for (const id of outdated(await journal.list())) await journal.remove(id);
}
