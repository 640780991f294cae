import { randomUUID } from 'node:crypto';
import { agentPath } from './a2amarket-agent.ts';
import { jsonBody, type Path, textAt, valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { atOnce, oneKind } from './key-kinds.ts';
import { findCompanion, findNewKey } from './new-key.ts';
import type { Provider } from './provider.ts';
import { type RotationAnswerForm, readRotationAnswer, type SaidNo } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer, unknown } from './verification-answer.ts';

const name = 'a2amarket';
const keyPattern = /^ak_[\w-]{6,}$/;
const HMAC = 'hmac_secret';

/** Nobody outside the service has seen the answer; these are the places where its neighbours write theirs. */
const PLACES: readonly Path[] = [['payload', 'data'], ['payload'], ['data'], []];

/** Their documented codes of a no, with what they mean here. */
const CODES: Readonly<Record<string, SaidNo>> = {
  UNAUTHORIZED: { code: 'unauthorized', clause: 'it does not accept the key' },
  AGENT_NOT_FOUND: { code: 'agent-not-found', clause: 'it does not know this agent' },
  AGENT_SUSPENDED: { code: 'agent-suspended', clause: 'the agent is suspended' },
  RATE_LIMITED: { code: 'rate-limited', clause: 'there were too many requests, wait a little' },
  IDEMPOTENCY_CONFLICT: { code: 'idempotency-conflict', clause: 'it has seen this very request before' },
  INVALID_SIGNATURE: { code: 'invalid-signature', clause: 'it wants the request to be signed' },
};

const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: PLACES.map((place) => [...place, 'api_key']),
  messagePaths: [['error', 'message'], ['error'], ['message']],
  ownError: codeOf,
};

/** @see PROVIDERS.md, a2amarket: the request was recorded from their own server, the answer is unknown. */
export const a2amarket: Provider = {
  ...oneKind,
  ...atOnce,
  id: 'a2amarket',
  name,
  strategy: 'in-place',
  keysPage: 'https://a2amarket.md',
  baseUrls: ['https://agent.a2amarket.md', 'https://api.a2amarket.md'],
  envNames: ['A2AMARKET_API_KEY'],
  companions: [{ name: HMAC, envName: 'A2AMARKET_HMAC_SECRET' }],
  keyPrefixes: ['ak_'],
  keyPattern,
  keyHint: 'starts with ak_',
  settings: [
    {
      name: 'agent_id',
      label: 'Agent id',
      hint: 'The agent that the key belongs to; the service can’t rotate the key without it.',
      required: true,
    },
  ],
  verifyPatienceSeconds: 0,

  credentialsFiles: () => [],

  consequences(subject) {
    agentPath(subject);
    return [{ kind: 'old-key-dies-at-once' }, { kind: 'other-machines-stop' }, { kind: 'irreversible' }];
  },

  rotationRequest: (subject, key, { idempotencyKey, now }) => ({
    method: 'POST',
    url: endpoint(subject.baseUrl, `/acap/v1/agents/${agentPath(subject)}/rotate-key`),
    headers: headers(key.reveal(), idempotencyKey, now),
    body: null,
  }),

  readRotation(_subject, answer, _attempt, known) {
    const reading = readRotationAnswer(answer, form, known);
    if (reading.outcome !== 'rotated') return reading;
    const document = jsonBody(answer);
    const found = findNewKey(document, form.keyPaths, known);
    const secret = found.found ? findCompanion(document, [...found.path.slice(0, -1), HMAC]) : null;
    return { ...reading, companions: secret ? { [HMAC]: secret } : {} };
  },

  /** With the headers that their own client puts on every request, of fresh values: the question may be repeated. */
  verificationRequest: ({ baseUrl }, key) => ({
    method: 'GET',
    url: endpoint(baseUrl, '/acap/v1/compute/balance'),
    headers: headers(key.reveal(), randomUUID(), new Date()),
    body: null,
  }),

  readVerification: (subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const no = success ? null : codeOf(document);
      // A suspended agent or a limit says nothing against the key.
      if (no && no.code !== 'unauthorized') return unknown(no.clause);
      const known = PLACES.some((place) => valueAt(document, [...place, 'balance']) !== undefined);
      if (!success || !known) return null;
      const ids = PLACES.map((place) => [...place, 'agent_id']);
      const account = textAt(document, ids) ?? subject.settings.agent_id;
      return { state: 'accepted', account: accountName(account, { keyPattern, known: [] }), settings: {} };
    }),
};

function headers(key: string, idempotencyKey: string, now: Date): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'X-Agent-Key': key,
    'X-Idempotency-Key': idempotencyKey,
    'X-ACAP-Timestamp': now.toISOString(),
  };
}

function codeOf(document: unknown): SaidNo | null {
  const code = valueAt(document, ['error', 'code']);
  return typeof code === 'string' && Object.hasOwn(CODES, code) ? (CODES[code] ?? null) : null;
}
