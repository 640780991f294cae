import type { Rotation } from '../../main/rotation/rotation.schema.ts';

/** Files in which the old key stands, or may stand: those left to do, and those that could not be looked into. */
export function filesLeft({ sites, findings }: Pick<Rotation, 'sites' | 'findings'>): readonly string[] {
  const todo = sites.filter(({ state }) => state === 'to-do').map(({ site }) => site.file);
  const unseen = findings.filter(({ kind }) => kind === 'problem').map(({ file }) => file);
  return [...new Set([...todo, ...unseen])];
}
