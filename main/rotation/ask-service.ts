import type { Secret } from '../credentials/secret.ts';
import { HttpError, type Send } from '../providers/http.ts';
import type { Provider, Subject, VerificationReading } from '../providers/provider.ts';
import { ProviderError } from '../providers/provider-error.ts';
import { MAX_ANSWER_BYTES } from './receipts.ts';

/**
 * Asks the service whether it takes a key. Never throws for what the service or the network does: no answer is
 * `unknown`.
 *
 * @param timeoutMs limit of the whole question.
 */
export async function askService(
  send: Send,
  provider: Provider,
  subject: Subject,
  key: Secret,
  timeoutMs: number,
): Promise<VerificationReading> {
  if (!provider.verifies) return { state: 'unknown', reason: 'this service can’t be asked about a key' };
  try {
    const answer = await send(provider.verificationRequest(subject, key), { timeoutMs, maxBytes: MAX_ANSWER_BYTES });
    return provider.readVerification(subject, answer);
  } catch (error) {
    // A setting that the provider needs may be missing.
    if (error instanceof HttpError || error instanceof ProviderError)
      return { state: 'unknown', reason: clause(error.message) };
    throw error;
  }
}

/** The first sentence, to stand inside another one. */
function clause(message: string): string {
  return message.split(/\.(?= |$)/)[0] ?? message;
}
