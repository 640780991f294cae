import { replaceInAnyCase } from '../backups/replace-kept.ts';
import type { Snapshot } from '../configs/snapshot.ts';
import type { Run } from './run.ts';

/**
 * Replaces a file after its old version was kept. The old key is dead by now, so a backup that can't be made keeps
 * the new one from no place: the record says that there is none. What a host has written back is not kept again: a host
 * that does so over and over would push the versions out that somebody may want.
 */
export async function writeKept(run: Run, old: Snapshot, replace: () => Promise<void>): Promise<void> {
  const { id, target, notKept, sites } = run.record;
  const isPutBack = sites.some(
    ({ site, state }) => site.file === old.path && (state === 'patched' || state === 'put-back'),
  );
  if (isPutBack) return replace();
  const reason = { kind: 'rotation', credential: target.name, rotationId: id } as const;
  const problem = await replaceInAnyCase(run.parts.backups, old, reason, replace);
  if (problem)
    await run.save({ notKept: [...notKept.filter(({ file }) => file !== old.path), { file: old.path, problem }] });
}
