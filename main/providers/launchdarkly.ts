import { textAt, valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { oneKind, refuseAgentId } from './key-kinds.ts';
import { keyId } from './listed-keys.ts';
import { graceEnd, WORKS_FOR_A_WHILE, worksForAWhile } from './old-key-grace.ts';
import type { Provider } from './provider.ts';
import { idSetting } from './required-setting.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'LaunchDarkly';
/** As their guide for MCP hosts writes it: `api-xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`. */
const keyPattern = /^api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const WAY_OUT =
  'Verify the key, then rotate again. If that does not help, remove the key from Rekey and add it again with its token id.';

const form: RotationAnswerForm = { keyPattern, keyPaths: [['token']], messagePaths: [['message'], ['code']] };

/**
 * A token is reset by its id. The service tells that to whoever asks with the token (`GET /api/v2/caller-identity`), so
 * that no other token can be reset by mistake; the person's word counts only where it doesn't.
 * @see PROVIDERS.md, LaunchDarkly; launchdarkly.com/docs/api/access-tokens/reset-token and .../other/get-caller-identity.
 */
export const launchdarkly: Provider = {
  ...oneKind,
  ...worksForAWhile,
  id: 'launchdarkly',
  name,
  strategy: 'in-place',
  keysPage: 'https://app.launchdarkly.com/settings/authorization',
  baseUrls: ['https://app.launchdarkly.com', 'https://app.eu.launchdarkly.com', 'https://app.launchdarkly.us'],
  envNames: ['LAUNCHDARKLY_API_KEY', 'LAUNCHDARKLY_ACCESS_TOKEN'],
  companions: [],
  keyPrefixes: ['api-'],
  keyPattern,
  keyHint: 'starts with api-, followed by a UUID',
  settings: [
    {
      name: 'token_id',
      label: 'Token id',
      hint: 'LaunchDarkly tells it by itself: leave this empty.',
      required: false,
    },
  ],
  grace: { choices: [0, 60, 1_440, 10_080], default: 60 },
  verifyPatienceSeconds: 10,

  credentialsFiles: () => [],

  consequences(subject) {
    refuseAgentId(subject, name);
    return WORKS_FOR_A_WHILE;
  },

  rotationRequest(subject, key, attempt) {
    refuseAgentId(subject, name);
    const id = idSetting(subject, { setting: 'token_id', service: name, wayOut: WAY_OUT });
    const end = graceEnd(attempt);
    return {
      method: 'POST',
      url: endpoint(subject.baseUrl, `/api/v2/tokens/${id}/reset${end ? `?expiry=${end.getTime()}` : ''}`),
      headers: { Authorization: key.reveal() },
      body: null,
    };
  },

  readRotation(_subject, answer, attempt, known) {
    const reading = readRotationAnswer(answer, form, known);
    return reading.outcome === 'rotated' ? { ...reading, oldKeyWorksUntil: graceEnd(attempt) } : reading;
  },

  verificationRequest: ({ baseUrl }, key) => ({
    method: 'GET',
    url: endpoint(baseUrl, '/api/v2/caller-identity'),
    headers: { Authorization: key.reveal() },
    body: null,
  }),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const id = keyId(valueAt(document, ['tokenId']), keyPattern);
      if (!success || (id === null && textAt(document, [['accountId'], ['memberId']]) === null)) return null;
      const account = accountName(valueAt(document, ['tokenName']), { keyPattern, known: [] });
      return { state: 'accepted', account, settings: id === null ? {} : { token_id: id } };
    }),
};
