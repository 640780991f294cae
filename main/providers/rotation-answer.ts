import type { Secret } from '../credentials/secret.ts';
import { isSuccess, isWebPage, jsonBody, type Path, textAt } from './answer.ts';
import type { HttpAnswer } from './http.ts';
import { findNewKey } from './new-key.ts';
import type { RotationReading } from './provider.ts';
import { serviceWords } from './service-words.ts';

/** How a service writes its answer to the request that rotates. */
export interface RotationAnswerForm {
  readonly keyPattern: RegExp;
  /** Where the new key can stand, the documented place first. */
  readonly keyPaths: readonly Path[];
  /** Where the service says in words why it declined. */
  readonly messagePaths: readonly Path[];
  /** What a status means at this service, where it differs from {@link NO}. */
  readonly meanings?: Readonly<Record<number, SaidNo>>;
  /** What the service's own error form says, where it has one; null when the body isn't in that form. */
  readonly ownError?: (document: unknown) => SaidNo | null;
}

/** A no of the service: a code of ours, and what it means. */
export interface SaidNo {
  readonly code: string;
  /** Goes on from "It answered 429". */
  readonly clause: string;
}

/** Statuses with which a service says that it did nothing. Whether it's true is asked with the old key all the same. */
const NO: Readonly<Record<number, SaidNo>> = {
  401: { code: 'unauthorized', clause: 'it does not accept the key' },
  403: { code: 'forbidden', clause: 'this key may not do that' },
  404: { code: 'not-found', clause: 'it does not know what was asked for' },
  409: { code: 'conflict', clause: 'something else is going on with this key' },
  422: { code: 'invalid-request', clause: 'it does not take the request' },
  429: { code: 'rate-limited', clause: 'there were too many requests, wait a little' },
};

/**
 * Reads the answer to a rotation. A key in a 2xx answer is taken before anything else is judged (PROVIDERS.md, rule
 * 2), also from a body that broke off, if it parses; `declined` is said only of a plain documented no; all the rest is
 * in doubt (rule 3), among it 400, 408, 5xx and redirects, a web page of whoever stands in between, and a no that
 * comes with a key.
 */
export function readRotationAnswer(
  answer: HttpAnswer,
  form: RotationAnswerForm,
  known: readonly Secret[],
): RotationReading {
  const document = jsonBody(answer);
  const key = findNewKey(document, form.keyPaths, known);
  if (!isSuccess(answer)) {
    const no = key.found || isWebPage(answer) ? null : meaning(answer, document, form);
    return no ? declined(answer, document, form, known, no) : inDoubt(unexpected(answer));
  }
  if (key.found) return { outcome: 'rotated', key: key.key, companions: {}, cooldown: null };
  if (document === undefined) return inDoubt(answer.complete ? 'the answer is not JSON' : 'the answer broke off');
  return inDoubt(key.reason);
}

export function inDoubt(reason: string): RotationReading {
  return { outcome: 'in-doubt', reason };
}

function meaning({ status }: HttpAnswer, document: unknown, form: RotationAnswerForm): SaidNo | null {
  if (status < 400 || status >= 500 || status === 408) return null;
  return form.ownError?.(document) ?? form.meanings?.[status] ?? NO[status] ?? null;
}

function declined(
  { status }: HttpAnswer,
  document: unknown,
  { messagePaths, keyPattern }: RotationAnswerForm,
  known: readonly Secret[],
  { code, clause }: SaidNo,
): RotationReading {
  const words = serviceWords(textAt(document, messagePaths), { keyPattern, known });
  return { outcome: 'declined', code, message: `It answered ${status}: ${clause}${words ? ` (“${words}”)` : ''}.` };
}

/** A clause for an answer that is neither the new key nor a no. */
export function unexpected({ status }: HttpAnswer): string {
  if (status === 0) return 'what came was not an answer in HTTP';
  if (status >= 300 && status < 400) return `it answered ${status}, a redirect, which Rekey does not follow`;
  return `it answered ${status}`;
}
