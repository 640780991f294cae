import { linkOutside, obstacleTo } from '../configs/obstacle.ts';
import { patch } from '../configs/patch.ts';
import { looksLikeReference } from '../configs/references.ts';
import type { Edit } from '../configs/site.ts';
import { ConfigError, type Snapshot } from '../configs/snapshot.ts';
import type { Keys, Rekeyed } from './memory.ts';
import type { ConfigFile } from './places.ts';
import { wantedFor } from './planning.ts';
import type { Run } from './run.ts';
import { planned, search } from './survey.ts';

/** What the plan told of a file still holds: root could write where nobody is meant to. @throws {ConfigError} */
export async function refuseObstacle(run: Run, snapshot: Snapshot): Promise<void> {
  const [outside, obstacle] = await Promise.all([linkOutside(snapshot, run.parts.machine.home), obstacleTo(snapshot)]);
  if (outside ?? obstacle) throw outside ?? obstacle;
}

/** The new version of a file as it was read; null where nothing is to be changed. @throws {ConfigError} */
export function rekey(run: Run, file: ConfigFile, keys: Keys, snapshot: Pick<Snapshot, 'bytes'>): Rekeyed | null {
  if (!keys.old) return null;
  const wanted = wantedFor(run.provider, keys.old);
  const found = search(file, snapshot, wanted);
  const edits = found.sites.flatMap((site): Edit[] => {
    const value = site.role === 'key' ? keys.fresh : keys.companions.get(site.role);
    return value ? [{ site, value }] : [];
  });
  if (edits.length === 0) return null;
  if (edits.some(({ value }) => looksLikeReference(value.reveal(), file.references))) throw takenForReference(file);
  return {
    bytes: patch(snapshot.bytes, file.format, edits, file.path),
    sites: edits.map(({ site }) => planned(file, snapshot, found, site, wanted)),
  };
}

function takenForReference({ owner, path }: ConfigFile): ConfigError {
  return new ConfigError(
    'patch-refused',
    `The new key holds signs that ${owner.name} takes for a reference to a variable, so it would not get the key from ${path} as it is. The file was not changed.`,
    'Set the key as a variable and refer to that in the file, or rotate once more for a key without these signs.',
  );
}
