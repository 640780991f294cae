import { settleDoubt } from '../doubt.ts';
import { RotationError } from '../errors.ts';
import { knownKeys } from '../keys.ts';
import { idOfNewKey } from '../overlap-doubt.ts';
import type { Run } from '../run.ts';
import { needKeychain, stage } from '../stage.ts';

/** Step `requested`, when no answer came or the app was started again: what is known already decides. */
export async function lookForAnswer(run: Run): Promise<void> {
  const receipt = await needKeychain(run, async () => ({ found: await run.parts.receipts.read(run.record.id) }));
  if (!receipt) return;
  if (receipt.found) return run.pass('answered');
  // The disk may have taken neither the answer nor the journal's word of it.
  const staged = await needKeychain(run, async () => ({ found: await run.parts.credentials.staged(run.record.id) }));
  if (!staged) return;
  if (staged.found)
    return run.reach('staged', {
      newFingerprint: staged.found.key.fingerprint,
      newCompanions: Object.keys(staged.found.companions),
      keyIds: { ...run.record.keyIds, new: await idOfNewKey(run) },
    });
  if (run.record.way === 'by-hand') return waitForPaste(run);
  await settleDoubt(run, { reason: 'no answer came' });
}

async function waitForPaste(run: Run): Promise<void> {
  const { provider, record } = run;
  const problem = new RotationError(
    'new-key-needed',
    `Rekey waits for the new key of “${record.target.name}”. Nothing was changed yet.`,
    `Make a new key at ${provider.keysPage}, leave the old one as it is, and paste the new one here or after \`rekey adopt ${record.target.name}\`.`,
  );
  await run.wait('person', problem.view);
}

/** Step `answered`: reads the sealed answer, and stages whatever in it can be the new key. */
export async function receive(run: Run): Promise<void> {
  await keepOnDisk(run);
  const receipt = run.answer
    ? { found: run.answer }
    : await needKeychain(run, async () => ({ found: await run.parts.receipts.read(run.record.id) }));
  if (!receipt) return;
  const answer = receipt.found;
  if (!answer) return settleDoubt(run, { reason: 'the answer was torn by a crash' });
  const reading = run.provider.readRotation(run.subject, answer, run.attempt, await knownKeys(run));
  if (reading.outcome === 'rotated') return stage(run, reading, run.answerOnDisk ? 'pass' : 'reach');
  if (reading.outcome === 'declined') return settleDoubt(run, { reason: reading.message, declined: true });
  await settleDoubt(run, { reason: reading.reason, answer });
}

/** What the disk did not take when it came, it may take now. */
async function keepOnDisk(run: Run): Promise<void> {
  const { answer, answerOnDisk, parts, record } = run;
  if (!answer || answerOnDisk) return;
  run.answerOnDisk = await parts.receipts.write(record.id, answer).then(
    () => true,
    () => false,
  );
}
