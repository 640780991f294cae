import type { HttpAnswer } from '../providers/http.ts';
import type { VerificationReading } from '../providers/provider.ts';
import { candidates } from '../providers/salvage.ts';
import { askService } from './ask-service.ts';
import { RotationError } from './errors.ts';
import { type Run, sleep } from './run.ts';
import { stage } from './stage.ts';

/** Why nobody knows yet what the service did. */
export interface Doubt {
  /** A clause without a secret: "no answer came". */
  readonly reason: string;
  /** The service said no in so many words; it is believed when the old key still works. */
  readonly declined?: boolean;
  readonly answer?: HttpAnswer;
}

/**
 * Finds out what the service did, by asking with the old key (PROVIDERS.md, rule 3). Accepted: nothing happened.
 * Refused: the service has rotated. The request itself is never sent again.
 */
export async function settleDoubt(run: Run, doubt: Doubt): Promise<void> {
  const old = await askWithOldKey(run);
  if (old === null) return settleWithoutOldKey(run, doubt);
  if (old.state === 'accepted') return endUnchanged(run, doubt);
  if (old.state === 'unknown') return waitForService(run, doubt, old.reason);
  if (doubt.answer && (await salvage(run, doubt.answer))) return;
  await endLost(run, doubt);
}

/** Twice when it is accepted: a service may take some seconds to retire a key. Null when Rekey never knew the old key. */
async function askWithOldKey(run: Run): Promise<VerificationReading | null> {
  const { delays } = run.parts;
  const key = await run.oldKey();
  if (!key) return null;
  const ask = (): Promise<VerificationReading> =>
    askService(run.parts.send, run.provider, run.targetSubject, key, delays.verifyTimeout);
  const first = await ask();
  if (first.state !== 'accepted') return first;
  await sleep(delays.doubtRecheck);
  return ask();
}

/** Strings in the unreadable answer that look like a key, tried at the service: one that it takes is the new key. */
async function salvage(run: Run, answer: HttpAnswer): Promise<boolean> {
  const { send, delays } = run.parts;
  const old = await run.oldKey();
  if (!old) return false;
  for (const key of candidates(answer.body, run.provider, old)) {
    const reading = await askService(send, run.provider, run.targetSubject, key, delays.verifyTimeout);
    if (reading.state !== 'accepted') continue;
    await stage(run, { outcome: 'rotated', key, companions: {}, cooldown: null });
    return true;
  }
  return false;
}

async function endUnchanged(run: Run, doubt: Doubt): Promise<void> {
  const { provider, record } = run;
  const problem = doubt.declined
    ? new RotationError(
        'declined',
        `${provider.name} declined to rotate “${record.target.name}”: ${doubt.reason} The old key still works; nothing was changed.`,
        'Follow what the service says, then rotate again.',
      )
    : new RotationError(
        'in-doubt',
        `The rotation of “${record.target.name}” did not happen (${doubt.reason}): ${provider.name} still accepts the old key. Nothing was changed.`,
        'Rotate again when the service works as usual.',
      );
  await run.end(doubt.declined ? 'declined' : 'unchanged', problem.view);
  await run.parts.receipts.discard(record.id).catch(() => {});
}

async function waitForService(run: Run, doubt: Doubt, reason: string): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    'in-doubt',
    `Whether ${provider.name} has rotated “${record.target.name}” is not known yet: ${doubt.reason}, and the service could not be asked since (${reason}). No file was changed.`,
    'Rekey asks again by itself, after a restart too; the rotation itself is never sent twice.',
  );
  await run.wait('service', problem.view);
}

/** The sealed answer, if there was one, is kept: should it hold the key after all, it is not gone. */
async function endLost(run: Run, doubt: Doubt): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    'key-lost',
    `${provider.name} no longer accepts the old key of “${record.target.name}”, and the new one did not arrive (${doubt.reason}): the service kept it. No file was changed.`,
    `Make a new key at ${provider.keysPage}, then remove “${record.target.name}” from Rekey and add it again with the new key.`,
  );
  await run.end('lost', problem.view);
}

/** An agent's key that Rekey never held: nothing can be asked, but its operator can simply rotate it again. */
async function settleWithoutOldKey(run: Run, doubt: Doubt): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    doubt.declined ? 'declined' : 'in-doubt',
    doubt.declined
      ? `${provider.name} declined to rotate “${record.target.name}”: ${doubt.reason} Nothing was changed here.`
      : `Whether ${provider.name} has rotated “${record.target.name}” can’t be told (${doubt.reason}), since Rekey does not hold its old key. No file was changed.`,
    'The key that asked for it still works: rotate again to get a key that is sure.',
  );
  await run.end(doubt.declined ? 'declined' : 'lost', problem.view);
}
