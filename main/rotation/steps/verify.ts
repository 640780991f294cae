import type { Secret } from '../../credentials/secret.ts';
import type { VerificationReading } from '../../providers/provider.ts';
import { askService } from '../ask-service.ts';
import { RotationError } from '../errors.ts';
import { keysFrom } from '../keys.ts';
import { lookAhead, prepareAhead } from '../look-ahead.ts';
import { type Run, sleep } from '../run.ts';
import { needKeychain } from '../stage.ts';

/**
 * Asks the service about the new key.
 *
 * Where the service has rotated in place, the old key is dead or dying, so a service that can't be asked doesn't hold
 * the new one back: it is put in place, marked as not confirmed. While the old key works, a new one that is refused or
 * can't be asked about waits.
 */
export async function verify(run: Run): Promise<void> {
  const staged = run.memory.pending
    ? { found: run.memory.pending }
    : await needKeychain(run, async () => ({ found: await run.parts.credentials.staged(run.record.id) }));
  if (!staged) return;
  const pending = staged.found;
  if (!pending) return waitForPending(run);
  run.memory.ahead ??= lookAhead(run);
  run.memory.prepared = prepareAhead(run, keysFrom(pending));
  if (!run.provider.verifies) return run.pass('verified', { unverified: null }, 'can’t be asked');
  // The service takes its time, and the journal is brought up to here meanwhile.
  const [reading] = await Promise.all([askPatiently(run, pending.key), run.save()]);
  if (reading.state === 'accepted')
    return run.pass('verified', { unverified: null, newSettings: { ...reading.settings, ...run.record.newSettings } });
  if (reading.state === 'refused') {
    const old = await askAboutOldKey(run);
    if (old === 'accepted') return waitForNewKey(run, reading.reason);
  } else if (!endsOldKey(run)) return waitForAnswer(run, reading.reason);
  const problem = new RotationError(
    'new-key-unconfirmed',
    `${run.provider.name} sent a new key but has not confirmed that it works (${reading.reason}). It was put in place all the same, since the old key is dead.`,
    'Verify the key in a minute.',
  );
  await run.pass('verified', { unverified: problem.view }, 'not confirmed');
}

/** A fresh key may be refused for some seconds (Log10x); the *question* may be repeated, the rotation never. */
async function askPatiently(run: Run, key: Secret): Promise<VerificationReading> {
  const { send, delays, now } = run.parts;
  const deadline = now().getTime() + run.provider.verifyPatienceSeconds * 1_000;
  for (;;) {
    const reading = await askService(send, run.provider, run.targetSubject, key, delays.verifyTimeout);
    if (reading.state === 'accepted' || now().getTime() >= deadline) return reading;
    await sleep(delays.verifyRetry);
  }
}

async function askAboutOldKey(run: Run): Promise<VerificationReading['state']> {
  const key = await run.oldKey();
  if (!key) return 'unknown';
  return (await askService(run.parts.send, run.provider, run.targetSubject, key, run.parts.delays.verifyTimeout)).state;
}

/** Whether the service ends the old key by the rotation itself. */
function endsOldKey({ record }: Run): boolean {
  return record.way === 'request' && record.strategy === 'in-place';
}

async function waitForAnswer(run: Run, reason: string): Promise<void> {
  const problem = new RotationError(
    'new-key-unconfirmed',
    `${run.provider.name} could not be asked about the new key of “${run.record.target.name}” (${reason}). Both keys are in the keychain, the old one works; no file was changed.`,
    'Rekey asks again by itself; or go on with the rotation when the service can be reached.',
  );
  await run.wait('service', problem.view);
}

async function waitForNewKey(run: Run, reason: string): Promise<void> {
  const problem = new RotationError(
    'new-key-refused',
    `${run.provider.name} refuses the new key (${reason}) and still accepts the old one. Both are in the keychain; no file was changed.`,
    'Rekey asks again by itself; or go on with the rotation when the service takes the new key.',
  );
  await run.wait('service', problem.view);
}

/** The journal says that the key is pending in the keychain, and the keychain says nothing: it is locked (KEYCHAIN.md). */
async function waitForPending(run: Run): Promise<void> {
  await run.wait('keychain', {
    code: 'keychain-locked',
    message: 'The new key is in the keychain, which does not give it: it is locked or unavailable. Nothing is lost.',
    wayOut: 'Unlock the keychain, then go on with the rotation.',
  });
}
