import type { Secret } from '../credentials/secret.ts';
import { HttpError } from '../providers/http.ts';
import type { ListedKey, Overlap, Subject } from '../providers/provider.ts';
import type { RotationParts } from './parts.ts';
import { MAX_ANSWER_BYTES } from './receipts.ts';
import type { Run } from './run.ts';

/** A service whose list has more parts than this is not listing keys. */
const MOST_PARTS = 50;

/** Why a list or a revocation did not come about: a clause without a secret. */
export interface NotDone {
  readonly reason: string;
}

/** Everything that is needed to speak with the service about the keys of one account. */
interface Account {
  readonly parts: Pick<RotationParts, 'send' | 'delays'>;
  readonly overlap: Overlap;
  readonly subject: Subject;
  /** That asks; not the one that is asked about. */
  readonly key: Secret;
}

/** The account of a rotation, with the key that asks now: the new one as soon as it is the current one. */
export async function accountOf(run: Run): Promise<Account | null> {
  const { parts, provider, subject, credential } = run;
  if (!provider.overlap) return null;
  return { parts, overlap: provider.overlap, subject, key: await parts.credentials.secretOf(credential.id) };
}

/** All keys that the service lists. Never throws for what the service or the network does. */
export async function listKeys({ parts, overlap, subject, key }: Account): Promise<readonly ListedKey[] | NotDone> {
  const keys: ListedKey[] = [];
  let from: string | null = null;
  for (let part = 1; part <= MOST_PARTS; part++) {
    const answer = await ask(parts, overlap.listRequest(subject, key, from));
    if ('reason' in answer) return answer;
    const list = overlap.readList(subject, answer, from);
    if (!list) return { reason: `it answered ${answer.status} in the place of its list of keys` };
    keys.push(...list.keys);
    if (list.next === null) return keys;
    from = list.next;
  }
  return { reason: 'its list of keys has no end' };
}

/** Revokes a key by its id; one that is gone already counts as revoked. @returns null when it is done. */
export async function revokeKey({ parts, overlap, subject, key }: Account, id: string): Promise<NotDone | null> {
  const answer = await ask(parts, overlap.revokeRequest(subject, key, id));
  if ('reason' in answer) return answer;
  const reading = overlap.readRevocation(subject, answer);
  return reading.state === 'failed' ? { reason: reading.reason } : null;
}

async function ask({ send, delays }: Account['parts'], request: Parameters<RotationParts['send']>[0]) {
  try {
    return await send(request, { timeoutMs: delays.verifyTimeout, maxBytes: MAX_ANSWER_BYTES });
  } catch (error) {
    if (error instanceof HttpError) return { reason: error.message.replace(/\.(?: .*)?$/, '') };
    throw error;
  }
}
