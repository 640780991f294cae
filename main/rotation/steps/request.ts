import { HttpError } from '../../providers/http.ts';
import { RotationError } from '../errors.ts';
import { lookAhead } from '../look-ahead.ts';
import { MAX_ANSWER_BYTES } from '../receipts.ts';
import type { Run } from '../run.ts';
import { stageOldKey } from '../undo.ts';

/**
 * The point of no return: the one request. It is sent once, whatever happens (PROVIDERS.md, rule 1), and its answer is
 * sealed on disk before anyone reads it. Where the key comes from elsewhere, nothing is sent.
 */
export async function request(run: Run): Promise<void> {
  if (run.record.way === 'undo') return stageOldKey(run);
  // From here on the person may make it at any time.
  if (run.record.way === 'by-hand') return run.reach('requested');
  const { parts, provider, subject, credential } = run;
  // Asked for once more: a keychain that was locked meanwhile would not take the new key.
  const key = await parts.credentials.secretOf(credential.id);
  run.memory.asked = key;
  const message = provider.rotationRequest(subject, key, run.attempt);
  await run.reach('requested');
  run.awaitsAnswer = true;
  try {
    const answer = parts.send(message, { timeoutMs: parts.delays.requestTimeout, maxBytes: MAX_ANSWER_BYTES });
    run.memory.ahead = lookAhead(run);
    run.answer = await answer;
  } catch (error) {
    // Without an answer the step stays `requested`, and the old key will tell.
    if (error instanceof HttpError && error.code === 'not-sent') await endNotSent(run);
    else if (!(error instanceof HttpError)) throw error;
    return;
  } finally {
    run.awaitsAnswer = false;
  }
  try {
    await parts.receipts.write(run.record.id, run.answer);
    run.answerOnDisk = true;
  } catch {
    // The answer is still in memory, and the keychain is tried all the same.
  }
  await run.pass('answered');
}

async function endNotSent(run: Run): Promise<void> {
  const problem = new RotationError(
    'not-sent',
    `${run.provider.name} could not be reached, and nothing was sent. The old key still works; nothing was changed.`,
    'Check the connection and rotate again.',
  );
  await run.end('stopped', problem.view);
}
