import { valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { credentialsFile } from './credentials-file.ts';
import { atOnce, oneKind, refuseAgentId } from './key-kinds.ts';
import type { Provider } from './provider.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'Log10x';
/** Their documents: `"new_api_key": "<new-uuid>"`. */
const keyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * `user` and its `environments` are not asked for: their own server throws the new key away when they are missing.
 */
const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['api_key']],
  messagePaths: [['message'], ['error'], ['error', 'message'], ['detail']],
  meanings: { 403: { code: 'demo-account', clause: 'demo accounts can’t rotate their key' } },
};

/** @see PROVIDERS.md, Log10x: the requests were recorded from their own server. */
export const log10x: Provider = {
  ...oneKind,
  ...atOnce,
  id: 'log10x',
  name,
  strategy: 'in-place',
  keysPage: 'https://log10x.com',
  baseUrls: ['https://prometheus.log10x.com'],
  envNames: ['LOG10X_API_KEY'],
  companions: [],
  keyPrefixes: [],
  keyPattern,
  keyHint: 'a UUID: 8-4-4-4-12 digits from 0 to 9 and a to f',
  settings: [],
  verifyPatienceSeconds: 30,

  credentialsFiles: (machine) =>
    credentialsFile(machine, {
      override: machine.env.LOG10X_CREDENTIALS_PATH,
      usual: ['.log10x', 'credentials'],
      slots: [{ path: ['apiKey'], kind: null, ownerPath: null }],
    }),

  consequences(subject) {
    refuseAgentId(subject, name);
    return [{ kind: 'old-key-dies-at-once' }, { kind: 'other-machines-stop' }, { kind: 'irreversible' }];
  },

  rotationRequest(subject, key) {
    refuseAgentId(subject, name);
    return {
      method: 'POST',
      url: endpoint(subject.baseUrl, '/api/v1/user/rotate-key'),
      headers: { 'X-10X-Auth': key.reveal() },
      body: null,
    };
  },

  readRotation: (_subject, answer, _attempt, known) => readRotationAnswer(answer, form, known),

  verificationRequest: ({ baseUrl }, key) => ({
    method: 'GET',
    url: endpoint(baseUrl, '/api/v1/user'),
    headers: { 'X-10X-Auth': key.reveal() },
    body: null,
  }),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const user = valueAt(document, ['user']);
      if (!success || typeof user !== 'object' || user === null) return null;
      const account = accountName(valueAt(user, ['username']), { keyPattern, known: [] });
      return { state: 'accepted', account, settings: {} };
    }),
};
