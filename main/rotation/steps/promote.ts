import { keysFrom } from '../keys.ts';
import type { Rotation } from '../rotation.schema.ts';
import type { Run } from '../run.ts';
import { needKeychain } from '../stage.ts';

/** Makes the new key the credential's current one, from where files may get it. Safe to be done again. */
export async function promote(run: Run): Promise<void> {
  const { record, parts, memory } = run;
  // What the settings were can't be told any more when the index has the new ones.
  const noted = run.save({ oldSettings: settingsBefore(run) });
  const promoted = await needKeychain(run, () =>
    parts.credentials.promote(record.id, record.target.id, memory.pending),
  );
  await noted;
  if (!promoted) return;
  run.memory.pending = promoted;
  run.memory.keys = keysFrom(promoted);
  await run.pass('promoted');
}

/** What the settings that change with the key are before; once the new key is the current one, what they were stays noted. */
function settingsBefore({ record, target }: Run): Rotation['oldSettings'] {
  if (target?.fingerprint === record.newFingerprint) return record.oldSettings;
  return Object.fromEntries(Object.keys(record.newSettings).map((name) => [name, target?.settings[name] ?? '']));
}
