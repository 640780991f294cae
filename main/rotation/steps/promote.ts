import type { Credential } from '../../credentials/credential.schema.ts';
import { publicPrefix } from '../../credentials/mask.ts';
import type { Rotation } from '../rotation.schema.ts';
import type { Run } from '../run.ts';
import { needKeychain } from '../stage.ts';
import { noteUndone } from '../undo.ts';

/** Makes the new key the credential's current one and keeps the old one as previous. Safe to be done again. */
export async function promote(run: Run): Promise<void> {
  const { credentials } = run.parts;
  const { id, target } = run.record;
  const create = target.isNew ? newCredential(run) : null;
  await run.save({ oldSettings: settingsBefore(run) });
  const done = await needKeychain(run, async () => {
    const fresh = await credentials.staged(id);
    const prefix = fresh ? publicPrefix(fresh.key, run.provider.keyPrefixes) : undefined;
    await credentials.promote(
      id,
      { id: target.id, create },
      { ...changes(run), ...(prefix !== undefined && { prefix }) },
    );
    return true;
  });
  if (!done) return;
  await run.reach('promoted');
  await noteUndone(run).catch(() => {});
}

function changes(run: Run): Partial<Credential> {
  const { record, parts, target } = run;
  const now = parts.now().toISOString();
  const ownId = record.agentId !== null && target?.id === run.credential.id ? { agent_id: record.agentId } : {};
  const settings = target && withoutEmpty({ ...target.settings, ...ownId, ...record.newSettings });
  return {
    rotatedAt: now,
    cooldown: record.cooldown,
    verification: {
      state: record.unverified ? 'unknown' : 'accepted',
      at: now,
      account: run.credential.verification?.account ?? null,
    },
    ...(settings && { settings }),
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
