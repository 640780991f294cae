import { patch } from '../../main/configs/patch.ts';
import { readSnapshot } from '../../main/configs/snapshot.ts';
import { writePatched } from '../../main/configs/write.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { hostPlaces } from '../../main/host-places.ts';
import type { Machine } from '../../main/machine.ts';
import { search } from '../../main/rotation/survey.ts';

/**
 * Puts one key in the place of another in all hosts' files below a home, under the hosts' locks, by the steps of a
 * rotation and without a service: for keys that no service makes.
 *
 * @returns how many places were changed.
 */
export async function exchange(home: string, old: string, fresh: string): Promise<number> {
  const machine: Machine = { platform: 'linux', home, env: {} };
  const { files } = await hostPlaces(machine, async () => []).files();
  const wanted = { needles: [{ role: 'key', value: new Secret(old) }], envNames: [], companions: [] };
  let changed = 0;
  for (const file of files) {
    await file.withLock(async () => {
      const snapshot = await readSnapshot(file.path);
      const edits = search(file, snapshot, wanted).sites.map((site) => ({ site, value: new Secret(fresh) }));
      if (edits.length > 0) await writePatched(snapshot, patch(snapshot.bytes, file.format, edits, file.path));
      changed += edits.length;
    });
  }
  return changed;
}
