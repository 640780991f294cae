import type { Secret } from '../credentials/secret.ts';
import { isSuccess, isWebPage, jsonBody, textAt, valueAt } from './answer.ts';
import { bearerRequest } from './bearer.ts';
import type { HttpAnswer } from './http.ts';
import { atOnce, oneKind, refuseAgentId } from './key-kinds.ts';
import { keyId } from './listed-keys.ts';
import type { Provider, RotationReading } from './provider.ts';
import { idSetting } from './required-setting.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { serviceWords } from './service-words.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'Cloudflare';
/**
 * Tokens of a user: `cfut_`, 40 characters and a checksum; those of before are 40 characters without anything to know
 * them by, so that the beginnings of other services' keys are left out. A token of an account (`cfat_`) is rolled
 * elsewhere. Source: developers.cloudflare.com/fundamentals/api/get-started/token-formats
 */
const keyPattern =
  /^(?:cfut_[\w-]{40,80}|(?<![\w-])(?!(?:api|sk|pk)-|(?:lf|ak|re|hf|npm|agent|napi|gh[oprsu]|cfk|cfat)_|glpat-)[\w-]{40}(?![\w-]))$/;

const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['result'], ['result', 'value']],
  messagePaths: [['errors', '0', 'message'], ['message'], ['error']],
};

/**
 * A token is rolled by its id, which the service tells when it is asked about the token.
 * @see PROVIDERS.md, Cloudflare; developers.cloudflare.com/api, User, Tokens has the answers.
 */
export const cloudflare: Provider = {
  ...oneKind,
  ...atOnce,
  id: 'cloudflare',
  name,
  strategy: 'in-place',
  keysPage: 'https://dash.cloudflare.com/profile/api-tokens',
  baseUrls: ['https://api.cloudflare.com/client/v4'],
  envNames: ['CLOUDFLARE_API_TOKEN', 'CF_API_TOKEN'],
  companions: [],
  keyPrefixes: ['cfut_'],
  keyPattern,
  keyHint: 'starts with cfut_, or is 40 characters long: a token of your own, not of an account',
  settings: [],
  verifyPatienceSeconds: 30,

  credentialsFiles: () => [],

  consequences(subject) {
    refuseAgentId(subject, name);
    return [{ kind: 'old-key-dies-at-once' }, { kind: 'other-machines-stop' }, { kind: 'irreversible' }];
  },

  rotationRequest(subject, key) {
    refuseAgentId(subject, name);
    const wayOut = 'Verify the key, then rotate again.';
    const id = idSetting(subject, { setting: 'token_id', service: name, wayOut });
    return bearerRequest(subject, key, 'PUT', `/user/tokens/${id}/value`, {});
  },

  readRotation(_subject, answer, _attempt, known) {
    const reading = readRotationAnswer(answer, form, known);
    return reading.outcome === 'in-doubt' ? (readNo(answer, known) ?? reading) : reading;
  },

  verificationRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/user/tokens/verify'),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const id = keyId(valueAt(document, ['result', 'id']), keyPattern);
      if (!success || valueAt(document, ['success']) !== true || id === null) return null;
      const status = valueAt(document, ['result', 'status']);
      if (status === 'disabled' || status === 'expired') return { state: 'refused', reason: `the token is ${status}` };
      return status === 'active' ? { state: 'accepted', account: null, settings: { token_id: id } } : null;
    }),
};

/** Their own no, with 400 or in a success: `{"success":false,"errors":[{"code","message"}],"result":null}`. */
function readNo(answer: HttpAnswer, known: readonly Secret[]): RotationReading | null {
  const document = jsonBody(answer);
  const isNo = valueAt(document, ['success']) === false && (valueAt(document, ['result']) ?? null) === null;
  const words = serviceWords(textAt(document, [['errors', '0', 'message']]), { keyPattern, known });
  if (!isNo || words === null || isWebPage(answer) || (answer.status !== 400 && !isSuccess(answer))) return null;
  return { outcome: 'declined', code: 'declined', message: `It said “${words}”.` };
}
