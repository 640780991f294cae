import type { HttpAnswer } from '../providers/http.ts';
import type { VerificationReading } from '../providers/provider.ts';
import { candidates, companionsIn } from '../providers/salvage.ts';
import { askService } from './ask-service.ts';
import {
  type Doubt,
  endLost,
  endUnchanged,
  endWithoutOldKey,
  waitForEndOfGrace,
  waitForService,
} from './doubt-ends.ts';
import { knownKeys } from './keys.ts';
import { idOfNewKey, removeOrphan } from './overlap-doubt.ts';
import { type Run, sleep } from './run.ts';
import { stage } from './stage.ts';

/**
 * Finds out what the service did (PROVIDERS.md, rule 3); the request itself is never sent again.
 *
 * In place, the old key tells: accepted, so nothing happened; refused, so the service has rotated. Where a second key
 * was asked for, the service's list tells.
 */
export async function settleDoubt(run: Run, doubt: Doubt): Promise<void> {
  if (run.provider.overlap) return settleByList(run, doubt);
  const old = await askWithOldKey(run, doubt);
  if (old === null) {
    if (doubt.answer && (await salvage(run, doubt.answer))) return;
    // Another request, made too early, might be answered before the service has come to this one, which then ends its key.
    while (!isSettled(run, doubt)) await sleep(run.parts.delays.doubtRecheck);
    return endWithoutOldKey(run, doubt);
  }
  if (old.state === 'accepted') return isInGrace(run) ? waitForEndOfGrace(run, doubt) : endUnchanged(run, doubt);
  if (old.state === 'unknown') return waitForService(run, doubt, old.reason);
  if (doubt.answer && (await salvage(run, doubt.answer))) return;
  await endLost(run, doubt);
}

/** A key whose answer can be read after all is taken; one that nobody holds is revoked. */
async function settleByList(run: Run, doubt: Doubt): Promise<void> {
  if (doubt.answer && (await salvage(run, doubt.answer))) return;
  for (;;) {
    const found = await removeOrphan(run);
    if (typeof found === 'object') return waitForService(run, doubt, found.reason);
    if (found === 'removed' || isSettled(run, doubt)) return endUnchanged(run, doubt);
    await sleep(run.parts.delays.doubtRecheck);
  }
}

/**
 * Until it is refused or long enough accepted: a service may take some seconds to retire a key, and may have been slow to
 * rotate at all. Null when Rekey never knew the old key.
 */
async function askWithOldKey(run: Run, doubt: Doubt): Promise<VerificationReading | null> {
  const { delays } = run.parts;
  const key = await run.oldKey();
  if (!key) return null;
  for (let asked = 1; ; asked++) {
    const reading = await askService(run.parts.send, run.provider, run.targetSubject, key, delays.verifyTimeout);
    if (reading.state !== 'accepted' || (asked > 1 && isSettled(run, doubt))) return reading;
    await sleep(delays.doubtRecheck);
  }
}

/** Whether the service has had the time to do what it was asked for. A no is believed at once. */
function isSettled({ parts, requestedAt }: Run, { declined, answer }: Doubt): boolean {
  if (declined || requestedAt === null) return true;
  const { requestTimeout, doubtSettle } = parts.delays;
  return parts.now().getTime() >= requestedAt + doubtSettle + (answer ? 0 : requestTimeout);
}

/** Whether the old key would be accepted although the service has rotated. */
function isInGrace({ parts, requestedAt, record }: Run): boolean {
  const until = (requestedAt ?? 0) + (record.graceMinutes ?? 0) * 60_000;
  return parts.now().getTime() < until;
}

/** Strings in the unreadable answer that look like a key, tried at the service: one that it takes is the new key. */
async function salvage(run: Run, answer: HttpAnswer): Promise<boolean> {
  const { send, delays } = run.parts;
  for (const key of candidates(answer.body, run.provider, await knownKeys(run))) {
    const reading = await askService(send, run.provider, run.targetSubject, key, delays.verifyTimeout);
    if (reading.state !== 'accepted') continue;
    const keyId = await idOfNewKey(run);
    const companions = companionsIn(answer.body, run.provider);
    await stage(run, { outcome: 'rotated', key, companions, cooldown: null, keyId });
    return true;
  }
  return false;
}
