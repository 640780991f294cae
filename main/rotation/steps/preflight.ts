import { readSnapshot } from '../../configs/snapshot.ts';
import { checkWritable } from '../../configs/write.ts';
import type { Credential } from '../../credentials/credential.schema.ts';
import type { Secret } from '../../credentials/secret.ts';
import { RekeyError, systemCode } from '../../errors.ts';
import type { Subject } from '../../providers/provider.ts';
import { askService } from '../ask-service.ts';
import { RotationError } from '../errors.ts';
import { findOldKey } from '../overlap-old-key.ts';
import type { Plan } from '../plan.schema.ts';
import { planFor } from '../planning.ts';
import { filesFor } from '../provider-files.ts';
import type { Rotation } from '../rotation.schema.ts';
import type { Run } from '../run.ts';

type Learned = Pick<Rotation, 'learned' | 'keyIds'>;

/**
 * Does everything that can fail before the point of no return. Whatever it throws ends the rotation as `stopped`:
 * nothing was sent, nothing was changed.
 */
export async function preflight(run: Run): Promise<void> {
  await run.parts.keychain.probe();
  await checkPlan(run);
  await checkFiles(run);
  await run.reach('preflighted', await WAYS[run.record.way](run));
}

/** What else is to be checked, by how the new key comes, and what is learned by it. */
const WAYS: Record<Rotation['way'], (run: Run) => Promise<Partial<Learned>>> = {
  async request(run) {
    const learned = await checkService(run);
    await prepareReceipt(run);
    return learned;
  },
  // The person may do this just because the old key is dead.
  'by-hand': async () => ({}),
  async undo(run) {
    const old = await run.parts.credentials.previousOf(run.record.target.id);
    if (old && run.provider.verifies) await requireAccepted(run, run.targetSubject, old, 'the key to go back to');
    return {};
  },
};

/** The plan of now must be the plan that the person confirmed. */
async function checkPlan(run: Run): Promise<void> {
  const { agentId, way, undoes, planHash } = run.record;
  const ask = { agentId, byHand: way === 'by-hand', undo: undoes };
  const { plan, oldKey } = await planFor(run.parts, askedFor(run), ask);
  if (plan.hash === planHash) return rememberLearnedKey(run, plan, oldKey);
  throw new RotationError(
    'plan-changed',
    'Files changed after the confirmation, so that the rotation would do something else than was confirmed. Nothing was sent or changed.',
    'Ask for the rotation again and look at the new plan.',
  );
}

/** The credential that the person has named: an operator's where its agent's key is replaced. */
function askedFor({ record, credential, target }: Run): Credential {
  return record.agentId === null && target ? target : credential;
}

/** Every file that will be changed takes a write, its lock is free, and the disk has room for it. Problems that the plan showed were agreed to. */
async function checkFiles(run: Run): Promise<void> {
  const files = await filesFor(run.parts, run.provider);
  const planned = new Set(run.record.sites.map(({ site }) => site.file));
  for (const finding of run.record.findings) if (finding.kind === 'problem') planned.delete(finding.file);
  for (const file of files.filter(({ path }) => planned.has(path))) {
    const snapshot = await readSnapshot(file.path);
    await file.withLock(() => checkWritable(snapshot));
  }
}

/** The service can be reached and takes the key as it is; where keys have ids, it is known which one is to be revoked. */
async function checkService(run: Run): Promise<Learned> {
  const { parts, credential, subject } = run;
  const key = await parts.credentials.secretOf(credential.id);
  const told = await requireAccepted(run, subject, key, `the key of “${credential.name}”`);
  const own = run.target?.id === credential.id ? told : {};
  const old = await findOldKey(run, key);
  return { learned: { ...own, ...old?.settings }, keyIds: { old: old?.id ?? null, new: null } };
}

/** @returns what the service tells of the key. @throws {RotationError} `key-refused`, `service-unreachable`. */
async function requireAccepted(
  { parts, provider }: Run,
  subject: Subject,
  key: Secret,
  what: string,
): Promise<Readonly<Record<string, string>>> {
  const reading = await askService(parts.send, provider, subject, key, parts.delays.verifyTimeout);
  if (reading.state === 'accepted') return reading.settings;
  if (reading.state === 'refused') {
    throw new RotationError(
      'key-refused',
      `${provider.name} does not accept ${what} any more (${reading.reason}). Nothing was sent or changed.`,
      `Make a new key at ${provider.keysPage}, then rotate by hand: Rekey puts it everywhere.`,
    );
  }
  throw new RotationError(
    'service-unreachable',
    `${provider.name} could not be asked about the key (${reading.reason}). Nothing was changed.`,
    'Check the connection and rotate again.',
  );
}

/** An agent's key that Rekey found in the provider's file is kept, so that it can be searched for after it is replaced there. */
async function rememberLearnedKey(run: Run, plan: Plan, oldKey: Secret | null): Promise<void> {
  if (plan.target.id === null && oldKey) await run.parts.credentials.rememberPrevious(run.record.target.id, oldKey);
}

async function prepareReceipt(run: Run): Promise<void> {
  try {
    await run.parts.receipts.prepare(run.record.id);
  } catch (cause) {
    if (cause instanceof RekeyError) throw cause;
    throw new RotationError(
      'no-space',
      `The disk takes no receipt for the new key (${systemCode(cause) ?? 'unknown reason'}). Nothing was sent or changed.`,
      'Free some space or mend the rights on Rekey’s data folder, then rotate again.',
      { cause },
    );
  }
}
