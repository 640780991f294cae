import type { RotationParts } from './parts.ts';
import type { Outcome, Rotation } from './rotation.schema.ts';

type TidyParts = Pick<RotationParts, 'receipts' | 'credentials' | 'startRecipes' | 'keychain'>;

/**
 * Removes what only a rotation under way needs: the sealed answer, the pending key, and how hosts are started again. What
 * may still be of use after this outcome stays.
 *
 * @throws {KeychainError} when the keychain does not let anything go now; it can be done again.
 */
export async function tidyUp(parts: TidyParts, record: Rotation, outcome: Outcome): Promise<void> {
  const { receipts, credentials, startRecipes, keychain } = parts;
  const { id, way, history, restartHosts } = record;
  const reached = new Set(history.map(({ step }) => step));
  // A locked keychain says that it has deleted what it keeps; after a promotion it was open just now.
  if (!reached.has('promoted')) await keychain.probe();
  // Should the answer that nobody can read hold the key after all, it is not gone.
  const keepsAnswer = (outcome === 'lost' || outcome === 'given-up') && (await receipts.has(id));
  if (way === 'request' && !keepsAnswer) await receipts.discard(id);
  // Given up, the pending key is the only one of its kind.
  if (outcome !== 'given-up') await credentials.unstage(id);
  if (restartHosts.length > 0) await startRecipes.discard(id);
}
