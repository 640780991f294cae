import type { ErrorView } from '../errors.ts';
import { RotationError } from './errors.ts';
import type { Outcome, Rotation } from './rotation.schema.ts';

/** How a rotation that has its new key ends, by what became of the sites. Pure. */
export function outcomeOf({ sites, target }: Rotation): { outcome: Outcome; problem: ErrorView | null } {
  const left = sites.filter(({ state }) => state === 'to-do');
  if (left.length === 0) return { outcome: 'done', problem: null };
  const files = new Set(left.map(({ site }) => site.file)).size;
  const problem = new RotationError(
    'sites-left',
    `“${target.name}” was rotated and the new key is in the keychain, but ${files === 1 ? 'one file could' : `${files} files could`} not be changed and still ${files === 1 ? 'holds' : 'hold'} the old key.`,
    'See what is left to do, mend the reason and try again, or copy the new key and put it there by hand.',
  );
  return { outcome: 'done-in-part', problem: problem.view };
}
