import type { Secret } from '../../credentials/secret.ts';
import type { VerificationReading } from '../../providers/provider.ts';
import { askService } from '../ask-service.ts';
import { RotationError } from '../errors.ts';
import { type Run, sleep } from '../run.ts';
import { needKeychain } from '../stage.ts';

/**
 * Asks the service about the new key.
 *
 * The old key is dead by what the service has said, so a service that can't be asked doesn't hold the new one back: it
 * is put in place, marked as not confirmed. Only a new key that is refused while the old one is accepted waits.
 */
export async function verify(run: Run): Promise<void> {
  const staged = await needKeychain(run, async () => ({ found: await run.parts.credentials.staged(run.record.id) }));
  if (!staged) return;
  if (!staged.found) return waitForPending(run);
  const reading = await askPatiently(run, staged.found.key);
  if (reading.state === 'accepted') return run.reach('verified', { unverified: null });
  if (reading.state === 'refused') {
    const old = await askAboutOldKey(run);
    if (old === 'accepted') return waitForNewKey(run, reading.reason);
  }
  const problem = new RotationError(
    'new-key-unconfirmed',
    `${run.provider.name} sent a new key but has not confirmed that it works (${reading.reason}). It was put in place all the same, since the old key is dead.`,
    'Verify the key in a minute.',
  );
  await run.reach('verified', { unverified: problem.view }, 'not confirmed');
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
