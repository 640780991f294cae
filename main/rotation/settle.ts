import type { Credential } from '../credentials/credential.schema.ts';
import { publicPrefix } from '../credentials/mask.ts';
import type { NewKey } from '../credentials/pending-key.ts';
import type { Run } from './run.ts';
import { noteUndone } from './undo.ts';

/**
 * Notes what has changed with the key: the one of before as the previous one, what came along, and the entry in the index.
 * Safe to be done again.
 * @throws {KeychainError}, {CredentialError}, {StorageError}: the new key is the current one all the same.
 */
export async function settle(run: Run): Promise<void> {
  const { record, memory, parts } = run;
  // The index comes last: where it knows the new key, all the rest is done.
  if (run.target?.fingerprint !== record.newFingerprint) {
    const target = { id: record.target.id, create: record.target.isNew ? newCredential(run) : null };
    await parts.credentials.settle(record.id, target, (fresh) => changes(run, fresh), memory.pending);
  }
  await noteUndone(run).catch(() => {});
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
