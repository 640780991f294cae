import { valueAt } from './answer.ts';
import type { Subject, VerificationReading } from './provider.ts';
import { accountName, type KeyMarks, serviceWords } from './service-words.ts';
import { unknown } from './verification-answer.ts';

/** The texts of their errors aren't documented; these say that it is the *key* which isn't good. */
const BAD_KEY = [
  /\b(?:invalid|unknown|wrong|incorrect|bad|expired|revoked|missing|unrecogni[sz]ed)\b.{0,20}(?:\b|_)(?:key|credentials?|token)\b/i,
  /(?:\b|_)(?:key|credentials?|token)\b.{0,30}\b(?:invalid|unknown|wrong|incorrect|expired|revoked|required|not (?:valid|found|recogni[sz]ed|accepted|authori[sz]ed))\b/i,
  /\bunauthori[sz]ed\b|\bnot authenticated\b|\bauthentication (?:failed|required)\b/i,
];
/** These say that it is something else, whatever stands beside. */
const TROUBLE =
  /\b(?:rate|limit|too many|try again|maintenance|unavailable|temporar\w*|timed? ?out|internal|overloaded)\b/i;

/**
 * Reads the answer to `whoami`: null when it isn't in their form.
 *
 * They report errors with HTTP 200, so only the text tells a bad key from trouble at the service; a text that Rekey
 * doesn't know is *unknown*, since *refused* can end a rotation as lost.
 */
export function readWhoami(
  subject: Subject,
  document: unknown,
  success: boolean,
  marks: KeyMarks,
): VerificationReading | null {
  if (valueAt(document, ['success']) === false) return readFailure(valueAt(document, ['error']), marks);
  const type = valueAt(document, ['type']);
  if (!success || (type !== 'operator' && type !== 'agent')) return null;
  const id = idOf(valueAt(document, ['id']));
  const mismatch = otherThan(subject, type, id);
  if (mismatch) return unknown(mismatch);
  const settings: Record<string, string> = {};
  const operator = type === 'operator' ? id : idOf(valueAt(document, ['operator_id']));
  if (operator) settings.operator_id = operator;
  if (type === 'agent' && id) settings.agent_id = id;
  const name = accountName(valueAt(document, ['name']), marks);
  return { state: 'accepted', account: name ?? (id && `${type} ${id}`), settings };
}

function readFailure(error: unknown, marks: KeyMarks): VerificationReading {
  const words = serviceWords(error, marks);
  if (words === null) return unknown('it reported a failure without saying which');
  const bad = BAD_KEY.some((text) => text.test(words)) && !TROUBLE.test(words);
  return bad ? { state: 'refused', reason: `it said “${words}”` } : unknown(`it said “${words}”`);
}

/** An agent's key must never be taken for its operator's, nor for another agent's. */
function otherThan(subject: Subject, type: 'operator' | 'agent', id: string | null): string | null {
  if (subject.kind !== null && subject.kind !== type) return `the key belongs to an ${type}, not to an ${subject.kind}`;
  const agent = subject.settings.agent_id;
  return type === 'agent' && agent && id && agent !== id
    ? `the key belongs to agent ${id}, not to agent ${agent}`
    : null;
}

function idOf(value: unknown): string | null {
  return (typeof value === 'number' || typeof value === 'string') && /^\d{1,20}$/.test(String(value))
    ? String(value)
    : null;
}
