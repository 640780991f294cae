import type { Credential } from '../../credentials/credential.schema.ts';
import { publicPrefix } from '../../credentials/mask.ts';
import type { NewKey } from '../../credentials/pending-key.ts';
import type { LookedAhead } from '../memory.ts';
import { filesFor } from '../provider-files.ts';
import type { Rotation } from '../rotation.schema.ts';
import type { Run } from '../run.ts';
import { needKeychain } from '../stage.ts';
import { noteUndone } from '../undo.ts';

/** Makes the new key the credential's current one and keeps the old one as previous. Safe to be done again. */
export async function promote(run: Run): Promise<void> {
  const { credentials } = run.parts;
  const { id, target } = run.record;
  const create = target.isNew ? newCredential(run) : null;
  const oldSettings = settingsBefore(run);
  if (Object.keys(oldSettings).length > 0) await run.save({ oldSettings });
  run.memory.ahead = lookAhead(run);
  const promoted = await needKeychain(run, () =>
    credentials.promote(id, { id: target.id, create }, (fresh) => changes(run, fresh)),
  );
  if (!promoted) return;
  const { fresh, replaced } = promoted;
  if (replaced)
    run.memory.keys = { old: replaced, fresh: fresh.key, companions: new Map(Object.entries(fresh.companions)) };
  await run.reach('promoted');
  await noteUndone(run).catch(() => {});
}

/** Which programs run, and where files are, takes its time, and is found out while the keychain takes the key. */
function lookAhead(run: Run): LookedAhead {
  const ahead = {
    running: run.parts.programs.processes().then((running) => running ?? new Map()),
    files: filesFor(run.parts, run.provider),
  };
  // Who waits for them is told; meanwhile nobody may be waiting yet.
  for (const one of Object.values(ahead)) one.catch(() => {});
  return ahead;
}

function changes(run: Run, { key }: NewKey): Partial<Credential> {
  const { record, parts, target } = run;
  const now = parts.now().toISOString();
  const ownId = record.agentId !== null && target?.id === run.credential.id ? { agent_id: record.agentId } : {};
  const prefix = publicPrefix(key, run.provider.keyPrefixes);
  const settings = target && withoutEmpty({ ...target.settings, ...ownId, ...record.newSettings });
  return {
    rotatedAt: record.newKeySince ?? now,
    cooldown: record.cooldown,
    verification: {
      state: record.unverified ? 'unknown' : 'accepted',
      at: now,
      account: run.credential.verification?.account ?? null,
    },
    ...(settings && { settings }),
    ...(prefix !== undefined && { prefix }),
  };
}

/** What the settings that change with the key are before; once the new key is the current one, what they were stays noted. */
function settingsBefore({ record, target }: Run): Rotation['oldSettings'] {
  if (target?.fingerprint === record.newFingerprint) return record.oldSettings;
  return Object.fromEntries(Object.keys(record.newSettings).map((name) => [name, target?.settings[name] ?? '']));
}

function withoutEmpty(settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== ''));
}

/** An agent's key that came from its operator: a credential of its own, never the operator's. */
function newCredential(run: Run): Credential {
  const { record, credential, targetSubject, parts } = run;
  return {
    id: record.target.id,
    name: record.target.name,
    provider: credential.provider,
    baseUrl: credential.baseUrl,
    kind: targetSubject.kind,
    settings: { ...targetSubject.settings },
    fingerprint: record.newFingerprint ?? '',
    companions: record.newCompanions,
    createdAt: parts.now().toISOString(),
    rotatedAt: null,
    verification: null,
    cooldown: null,
  };
}
