import type { ErrorView } from '../errors.ts';
import { RotationError } from './errors.ts';
import type { Outcome, Rotation } from './rotation.schema.ts';

/** Nobody could see what such a file holds: it may be the key. */
const UNSEEN: ReadonlySet<string> = new Set(['file-unreadable', 'file-not-parsable', 'file-too-large', 'file-locked']);

/** Files of the findings that could not be looked into. Pure. */
export function unseenFiles({ findings }: Pick<Rotation, 'findings'>): Set<string> {
  return new Set(
    findings.flatMap((finding) =>
      finding.kind === 'problem' && UNSEEN.has(finding.problem.code) ? [finding.file] : [],
    ),
  );
}

/** How a rotation that has its new key ends, by what became of the sites. Pure. */
export function outcomeOf(record: Pick<Rotation, 'sites' | 'findings' | 'target'>): {
  outcome: Outcome;
  problem: ErrorView | null;
} {
  const left = new Set(record.sites.filter(({ state }) => state === 'to-do').map(({ site }) => site.file));
  const unseen = new Set([...unseenFiles(record)].filter((file) => !left.has(file)));
  if (left.size === 0 && unseen.size === 0) return { outcome: 'done', problem: null };
  const what = [
    ...(left.size > 0
      ? [`${count(left)} not be changed and still ${left.size === 1 ? 'holds' : 'hold'} the old key`]
      : []),
    ...(unseen.size > 0 ? [`${count(unseen)} not be looked into and may still hold the old key`] : []),
  ];
  const problem = new RotationError(
    'sites-left',
    `“${record.target.name}” was rotated and the new key is in the keychain, but ${what.join(', and ')}.`,
    'See what is left to do, mend the reason and try again, or copy the new key and put it there by hand.',
  );
  return { outcome: 'done-in-part', problem: problem.view };
}

function count({ size }: ReadonlySet<string>): string {
  return size === 1 ? 'one file could' : `${size} files could`;
}
