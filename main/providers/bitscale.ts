import { valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { atOnce, oneKind, refuseAgentId } from './key-kinds.ts';
import type { Provider } from './provider.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'BitScale';
/**
 * The one form that their documents show (`{"api_key": "sk-live-newkey..."}`). Not wider, since other services' keys
 * begin with `sk-` too and would be sent to BitScale by mistake. A *new* key is taken in any form.
 */
const keyPattern = /^sk-live-[\w-]{4,}$/;

/** Their errors' body is unknown: the places where their framework and its neighbours write are tried. */
const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['api_key']],
  messagePaths: [['message'], ['error'], ['error', 'message'], ['detail']],
};

/** @see PROVIDERS.md, BitScale: the requests were recorded from their own server. */
export const bitscale: Provider = {
  ...oneKind,
  ...atOnce,
  id: 'bitscale',
  name,
  strategy: 'in-place',
  keysPage: 'https://bitscale.ai',
  baseUrls: ['https://api.bitscale.ai/api/v1'],
  envNames: ['BITSCALE_API_KEY'],
  companions: [],
  keyPrefixes: ['sk-live-'],
  keyPattern,
  keyHint: 'starts with sk-live-',
  settings: [],
  verifyPatienceSeconds: 0,

  credentialsFiles: () => [],

  consequences(subject) {
    refuseAgentId(subject, name);
    return [{ kind: 'old-key-dies-at-once' }, { kind: 'other-machines-stop' }, { kind: 'irreversible' }];
  },

  rotationRequest(subject, key) {
    refuseAgentId(subject, name);
    return {
      method: 'POST',
      url: endpoint(subject.baseUrl, '/api-key/rotate'),
      headers: { 'X-API-KEY': key.reveal(), 'Content-Type': 'application/json' },
      body: '{}',
    };
  },

  readRotation: (_subject, answer, _attempt, known) => readRotationAnswer(answer, form, known),

  verificationRequest: ({ baseUrl }, key) => ({
    method: 'GET',
    url: endpoint(baseUrl, '/workspace'),
    headers: { 'X-API-KEY': key.reveal() },
    body: null,
  }),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const [id, workspace] = ['id', 'name'].map((field) =>
        accountName(valueAt(document, [field]), { keyPattern, known: [] }),
      );
      if (!success || (!id && !workspace)) return null;
      return { state: 'accepted', account: workspace ?? id ?? null, settings: {} };
    }),
};
