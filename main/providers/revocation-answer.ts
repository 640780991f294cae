import { isSuccess, isWebPage } from './answer.ts';
import type { HttpAnswer } from './http.ts';
import type { Overlap } from './provider.ts';
import { unexpected } from './rotation-answer.ts';

/** Reads the answer to the request to revoke: any 2xx is a yes, whatever stands in it. Never throws. */
export function readRevocationAnswer(answer: HttpAnswer): ReturnType<Overlap['readRevocation']> {
  // A page for people is the word of whoever stands in between.
  if (!isWebPage(answer)) {
    if (isSuccess(answer)) return { state: 'revoked' };
    if (answer.status === 404) return { state: 'gone' };
  }
  return { state: 'failed', reason: unexpected(answer) };
}
