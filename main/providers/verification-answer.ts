import { isSuccess, isWebPage, jsonBody } from './answer.ts';
import type { HttpAnswer } from './http.ts';
import type { VerificationReading } from './provider.ts';
import { unexpected } from './rotation-answer.ts';

type Settled = VerificationReading | null;

/**
 * Reads the answer to the question whether a key is good. `accepted` takes the documented form, so that the page of a
 * hotel's network counts for nothing; `refused` takes the service's own 401 or 403; all the rest is `unknown`.
 *
 * @param own what the document says by the service's own form, null when it says nothing; it's asked first.
 */
export function readVerificationAnswer(
  answer: HttpAnswer,
  own: (document: unknown, success: boolean) => Settled,
): VerificationReading {
  const settled = own(jsonBody(answer), isSuccess(answer));
  if (settled) return settled;
  if (isSuccess(answer)) return unknown('it answered with something else than it documents');
  const speaks = (answer.status === 401 || answer.status === 403) && !isWebPage(answer);
  return speaks ? { state: 'refused', reason: `it answered ${answer.status}` } : unknown(unexpected(answer));
}

export function unknown(reason: string): VerificationReading {
  return { state: 'unknown', reason };
}
