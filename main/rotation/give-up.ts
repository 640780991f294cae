import { RotationError } from './errors.ts';
import { accountOf, revokeKey } from './overlap-keys.ts';
import type { Run } from './run.ts';

/**
 * Ends a rotation that waits, as it is. What is known of the new key is kept.
 * @throws {RotationError} `not-revoked` when a second key would be left behind at the service: it goes on waiting then.
 */
export async function giveUp(run: Run): Promise<void> {
  const { record } = run;
  if (record.step === 'staged') return giveUpNewKey(run);
  if (record.way === 'by-hand') return run.end('stopped', byHand(run).view);
  await run.end('given-up', inDoubt(run).view);
}

/** The service does not take the new key, and goes on taking the old one. */
async function giveUpNewKey(run: Run): Promise<void> {
  const { record, provider } = run;
  const account = record.way === 'request' ? await accountOf(run) : null;
  if (account && record.keyIds.new !== null) {
    const failure = await revokeKey(account, record.keyIds.new);
    if (failure) throw stays(run, failure.reason);
    return run.end('unchanged', removed(run).view);
  }
  const problem = new RotationError(
    'given-up',
    `The rotation of “${record.target.name}” was given up: the old key stays in place. The new one stays in the keychain as “pending:${record.id}”.`,
    `See at ${provider.keysPage} which keys there are, and revoke the one that is not wanted.`,
  );
  await run.end('given-up', problem.view);
}

function byHand({ record }: Run): RotationError {
  return new RotationError(
    'given-up',
    `No new key was pasted for “${record.target.name}”. Nothing was changed.`,
    'If you have made one on the service’s page, revoke it there, or rotate by hand again.',
  );
}

function inDoubt({ record, provider }: Run): RotationError {
  return new RotationError(
    'given-up',
    `The rotation of “${record.target.name}” was given up before it was known whether ${provider.name} has made a new key. No file was changed.`,
    `Verify the key: if it works still, rotate again; if not, make a new one at ${provider.keysPage} and rotate by hand.`,
  );
}

function removed({ record, provider }: Run): RotationError {
  return new RotationError(
    'given-up',
    `The rotation of “${record.target.name}” was given up: the new key was revoked at ${provider.name}, the old one stays in place. No file was changed.`,
    'Rotate again when the service works as usual.',
  );
}

function stays({ record, provider }: Run, reason: string): RotationError {
  return new RotationError(
    'not-revoked',
    `${provider.name} did not revoke the new key of “${record.target.name}” (${reason}), so the rotation goes on waiting. The old key works.`,
    'Try again when the service can be reached.',
  );
}
