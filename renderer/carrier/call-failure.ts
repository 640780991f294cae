import type { z } from 'zod';
import type { CallFailureSchema } from '../../preload/contract.ts';

type Failure = z.output<typeof CallFailureSchema>;

/** A call that failed, in the words that the core gave it. */
export class CallFailure extends Error implements Failure {
  readonly code: string;
  readonly wayOut: string;

  constructor({ code, message, wayOut }: Failure) {
    super(message);
    this.name = 'CallFailure';
    this.code = code;
    this.wayOut = wayOut;
  }

  /** Whatever was thrown: a failure as it is; of anything else only that it happened, in words of the page's own. */
  static from(error: unknown): CallFailure {
    if (error instanceof CallFailure) return error;
    if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error && 'wayOut' in error) {
      return new CallFailure({
        code: String(error.code),
        message: String(error.message),
        wayOut: String(error.wayOut),
      });
    }
    return new CallFailure({ code: 'internal', message: '', wayOut: '' });
  }

  /** The words for these two codes come from the page's own texts. */
  static notReached(): CallFailure {
    return new CallFailure({ code: 'app-not-reached', message: '', wayOut: '' });
  }
}
