import type { Snapshot } from '../../configs/snapshot.ts';
import { tryToWrite } from '../../configs/write.ts';
import type { Credential } from '../../credentials/credential.schema.ts';
import type { Secret } from '../../credentials/secret.ts';
import { RekeyError, systemCode } from '../../errors.ts';
import type { Subject } from '../../providers/provider.ts';
import { askService } from '../ask-service.ts';
import { RotationError } from '../errors.ts';
import { LEAVES_WITHIN_MS } from '../look-ahead.ts';
import { findOldKey } from '../overlap-old-key.ts';
import type { RotationParts } from '../parts.ts';
import type { ConfigFile } from '../places.ts';
import type { Plan } from '../plan.schema.ts';
import { planFor } from '../planning.ts';
import type { Rotation } from '../rotation.schema.ts';
import { type Run, sleep } from '../run.ts';
import { beginToKeep, keepAhead } from '../write-kept.ts';

type Learned = Pick<Rotation, 'learned' | 'keyIds'>;

/**
 * Does everything that can fail before the point of no return. Whatever it throws ends the rotation as `stopped`:
 * nothing was sent, nothing was changed.
 */
export async function preflight(run: Run): Promise<void> {
  // The keychain answers one after the other: first for the service, which is far away, then for the files.
  const way = WAYS[run.record.way](run);
  way.catch(() => {});
  await sleep(LEAVES_WITHIN_MS);
  beginToKeep(run);
  const [learned] = await together(way, checkPlan(run), run.parts.keychain.probe());
  await run.pass('preflighted', learned);
}

/** Each takes its time. Nothing of it may still go on when the rotation is stopped. */
async function together<T extends readonly Promise<unknown>[]>(...tried: T) {
  await Promise.allSettled(tried);
  return Promise.all(tried);
}

/** What else is to be checked, by how the new key comes, and what is learned by it. */
const WAYS: Record<Rotation['way'], (run: Run) => Promise<Partial<Learned>>> = {
  async request(run) {
    const [learned] = await together(checkService(run), prepareReceipt(run));
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

/**
 * The plan of now must be the plan that the person confirmed, and every file in it must take a write. Problems that the
 * plan showed were agreed to.
 */
async function checkPlan(run: Run): Promise<void> {
  const { agentId, way, undoes, planHash } = run.record;
  const ask = { agentId, byHand: way === 'by-hand', undo: undoes };
  const failures: unknown[] = [];
  const { plan, oldKey } = await planFor(agreedOnly(run.parts), askedFor(run), ask, (file, snapshot) =>
    checkFile(run, file, snapshot).catch((error: unknown) => void failures.push(error)),
  );
  if (plan.hash !== planHash) {
    throw new RotationError(
      'plan-changed',
      'Files changed after the confirmation, so that the rotation would do something else than was confirmed. Nothing was sent or changed.',
      'Ask for the rotation again and look at the new plan.',
    );
  }
  if (failures.length > 0) throw failures[0];
  await rememberLearnedKey(run, plan, oldKey);
}

/** Who runs, and what copies there are, is no part of what the person has agreed to, and is not looked for again. */
function agreedOnly(parts: RotationParts): RotationParts {
  return { ...parts, places: { ...parts.places, hosts: async () => new Map(), copies: async () => [] } };
}

/** The credential that the person has named: an operator's where its agent's key is replaced. */
function askedFor({ record, credential, target }: Run): Credential {
  return record.agentId === null && target ? target : credential;
}

/** The file takes a write, its lock is free, the disk has room for it; and as it is now it is kept, if it can be. */
async function checkFile(run: Run, file: ConfigFile, snapshot: Snapshot): Promise<void> {
  await file.withLock(() => tryToWrite(snapshot));
  await keepAhead(run, snapshot);
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
