import { isWebPage, jsonBody, type Path, textAt, valueAt } from '../answer.ts';
import type { HttpAnswer } from '../http.ts';
import { oneKind, refuseAgentId } from '../key-kinds.ts';
import { keyId } from '../listed-keys.ts';
import type { Consequence } from '../provider.schema.ts';
import type { Provider, RotationReading, Subject } from '../provider.ts';
import { inDoubt, readRotationAnswer } from '../rotation-answer.ts';
import { readSecondKey, SECOND_KEY, secondKey } from '../second-key.ts';
import { accountName } from '../service-words.ts';
import { readVerificationAnswer } from '../verification-answer.ts';
import { OVERLAP_SETTINGS, overlapOf } from './described-overlap.ts';
import type { ServiceDescription } from './description.ts';
import { makeRequest, requireSettings } from './make-request.ts';
import { pathsOf } from './paths.ts';
import { keyPatternOf } from './pattern-check.ts';

type Asked = Exclude<ServiceDescription, { strategy: 'manual' }>;

/** What is told where the description says nothing: the worst. */
const USUAL: Readonly<Record<Asked['strategy'], readonly Consequence[]>> = {
  'in-place': [{ kind: 'old-key-dies-at-once' }, { kind: 'other-machines-stop' }, { kind: 'irreversible' }],
  overlap: SECOND_KEY,
};

/** The service of a description. Pure. */
export function describedProvider(description: ServiceDescription): Provider {
  const { id, name, strategy, page, baseUrls, envNames, key } = description;
  const keyPattern = keyPatternOf(key.pattern);
  const settings = settingsOf(description);
  const { verify } = description;
  const asked = strategy === 'manual' ? null : description;
  const ready = (subject: Subject): void => {
    refuseAgentId(subject, name);
    requireSettings(name, settings, subject.settings);
  };
  return {
    ...oneKind,
    id,
    name,
    strategy,
    keysPage: page,
    baseUrls: atLeastOne(baseUrls),
    envNames: atLeastOne(envNames),
    companions: [],
    keyPrefixes: key.prefixes ?? [],
    keyPattern,
    keyHint: key.hint ?? hintOf(key.prefixes ?? []),
    settings,
    verifies: verify !== undefined,
    grace: strategy === 'overlap' ? secondKey.grace : null,
    overlap: description.strategy === 'overlap' ? overlapOf(description) : null,
    verifyPatienceSeconds: description.verifyPatienceSeconds ?? 0,

    credentialsFiles: () => [],

    consequences(subject) {
      ready(subject);
      return asked ? (asked.consequences ?? USUAL[asked.strategy]) : [{ kind: 'made-by-hand' }];
    },

    rotationRequest(subject, secret, attempt) {
      ready(subject);
      if (!asked) throw new Error('a service of the strategy “manual” is not asked for a key');
      const { idempotencyKey, now } = attempt;
      const more = { idempotency_key: idempotencyKey, now: now.toISOString(), name: attempt.name };
      return makeRequest(asked.request, subject, secret, more);
    },

    readRotation(_subject, answer, attempt, known) {
      if (!asked) return inDoubt('this service is not asked for a key');
      const { key: keys, id: ids, message } = asked.answer;
      const form = { keyPattern, keyPaths: pathsOf(keys), idPaths: pathsOf(ids), messagePaths: pathsOf(message) };
      if (strategy === 'overlap') return readSecondKey(answer, form, attempt, known);
      return withId(readRotationAnswer(answer, form, known), answer, form.idPaths, settings);
    },

    verificationRequest(subject, secret) {
      requireSettings(name, settings, subject.settings);
      if (!verify) throw new Error('a service without “verify” is not asked about a key');
      return makeRequest(verify, subject, secret);
    },

    readVerification: (_subject, answer) =>
      readVerificationAnswer(answer, (document, success) => {
        if (!success || !isDocumented(verify?.has, answer, document)) return null;
        const account = textAt(document, pathsOf(verify?.account));
        return { state: 'accepted', account: accountName(account, { keyPattern, known: [] }), settings: {} };
      }),
  };
}

/** The id of the new key takes the place of the old one's, where requests need it as the setting `key_id`. */
function withId(
  reading: RotationReading,
  answer: HttpAnswer,
  paths: readonly Path[],
  settings: Provider['settings'],
): RotationReading {
  if (reading.outcome !== 'rotated') return reading;
  const document = jsonBody(answer);
  const id = paths.map((path) => keyId(valueAt(document, path))).find((one) => one !== null) ?? null;
  const isNeeded = id !== null && settings.some((one) => one.name === 'key_id');
  return { ...reading, keyId: id, settings: isNeeded ? { key_id: id } : {} };
}

/** The answer has the field that it should have; where none is named, it is JSON or nothing, and no page for people. */
function isDocumented(has: string | undefined, answer: HttpAnswer, document: unknown): boolean {
  if (has === undefined) return (document !== undefined || answer.body.length === 0) && !isWebPage(answer);
  const value = valueAt(document, has.split('.'));
  return value !== undefined && value !== null;
}

function settingsOf(description: ServiceDescription): Provider['settings'] {
  const own = (description.settings ?? []).map(({ name, label, hint = '', required = false }) => ({
    name,
    label,
    hint,
    required,
  }));
  const more = description.strategy === 'overlap' ? OVERLAP_SETTINGS : [];
  return [...own, ...more.filter(({ name }) => !own.some((one) => one.name === name))];
}

function hintOf(prefixes: readonly string[]): string {
  return prefixes.length === 0 ? 'as the service shows it' : `starts with ${prefixes.join(' or ')}`;
}

/** The schema lets no empty list through. */
function atLeastOne(list: readonly string[]): readonly [string, ...string[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('the description holds an empty list');
  return [first, ...rest];
}
