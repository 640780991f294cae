import type { HttpAnswer } from '../providers/http.ts';
import { RotationError } from './errors.ts';
import type { Run } from './run.ts';

/** Why nobody knows yet what the service did. */
export interface Doubt {
  /** A clause without a secret: "no answer came". */
  readonly reason: string;
  /** The service said no in so many words; it is believed when the old key still works. */
  readonly declined?: boolean;
  readonly answer?: HttpAnswer;
}

export async function endUnchanged(run: Run, doubt: Doubt): Promise<void> {
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
}

export async function waitForService(run: Run, doubt: Doubt, reason: string): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    'in-doubt',
    `Whether ${provider.name} has rotated “${record.target.name}” is not known yet: ${doubt.reason}, and the service could not be asked since (${reason}). No file was changed.`,
    'Rekey asks again by itself, after a restart too; the rotation itself is never sent twice.',
  );
  await run.wait('service', problem.view);
}

/** The old key works on for a while after a rotation here, so that it does not tell what happened before that is over. */
export async function waitForEndOfGrace(run: Run, doubt: Doubt): Promise<void> {
  const { provider, record, requestedAt } = run;
  const until = new Date((requestedAt ?? 0) + (record.graceMinutes ?? 0) * 60_000).toISOString();
  const problem = new RotationError(
    'in-doubt',
    `Whether ${provider.name} has rotated “${record.target.name}” is not known yet: ${doubt.reason}. The old key still works, but if the service has rotated it ends at ${until}. No file was changed.`,
    'To be sure now, give this rotation up and rotate again while the old key works. Else Rekey asks again by itself until then.',
  );
  await run.wait('service', problem.view);
}

/** The sealed answer, if there was one, is kept: should it hold the key after all, it is not gone. */
export async function endLost(run: Run, doubt: Doubt): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    'key-lost',
    `${provider.name} no longer accepts the old key of “${record.target.name}”, and the new one did not arrive (${doubt.reason}): the service kept it. No file was changed.`,
    `Make a new key at ${provider.keysPage}, then paste it here or after \`rekey adopt ${record.target.name}\`: Rekey puts it everywhere.`,
  );
  await run.end('lost', problem.view);
}

/** An agent's key that Rekey never held: nothing can be asked, but its operator can simply rotate it again. */
export async function endWithoutOldKey(run: Run, doubt: Doubt): Promise<void> {
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
