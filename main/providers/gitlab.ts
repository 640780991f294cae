import { valueAt } from './answer.ts';
import { endpoint } from './base-url.ts';
import { knownDays, lastDay, lifetimeOf } from './gitlab-lifetime.ts';
import { atOnce, oneKind, refuseAgentId } from './key-kinds.ts';
import type { Provider, Subject } from './provider.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';
import { accountName } from './service-words.ts';
import { readVerificationAnswer, unknown } from './verification-answer.ts';

const name = 'GitLab';
/** Longer ones end with a version and a checksum behind dots, as gitleaks (config/gitleaks.toml) has them. */
const keyPattern = /^glpat-[\w-]{20,300}(?:(?:\.[0-9a-z]{2})?\.[0-9a-z]{9})?$/;

const form: RotationAnswerForm = {
  keyPattern,
  keyPaths: [['token']],
  messagePaths: [['error_description'], ['message'], ['error']],
  meanings: {
    400: { code: 'declined', clause: 'it did not rotate the token' },
    403: { code: 'forbidden', clause: 'the token may not rotate itself: it needs the scope api or self_rotate' },
    405: { code: 'not-a-personal-token', clause: 'this is not a personal access token' },
  },
};

/**
 * A token that is rotated once more *after* it is dead takes its successor along: the request must never be repeated.
 * Asking about a dead token is harmless.
 * @see PROVIDERS.md, GitLab; the answers are from docs.gitlab.com/api/personal_access_tokens and GitLab's source,
 * `lib/api/personal_access_tokens/self_rotation.rb`.
 */
export const gitlab: Provider = {
  ...oneKind,
  ...atOnce,
  id: 'gitlab',
  name,
  strategy: 'in-place',
  keysPage: 'https://gitlab.com/-/user_settings/personal_access_tokens',
  baseUrls: ['https://gitlab.com'],
  envNames: ['GITLAB_PERSONAL_ACCESS_TOKEN', 'GITLAB_TOKEN', 'GITLAB_API_TOKEN'],
  companions: [],
  keyPrefixes: ['glpat-'],
  keyPattern,
  keyHint: 'starts with glpat-',
  settings: [],
  verifyPatienceSeconds: 10,

  credentialsFiles: () => [],

  consequences(subject) {
    refuseAgentId(subject, name);
    const days = knownDays(subject.settings.lifetime_days);
    return [
      { kind: 'old-key-dies-at-once' },
      ...(days === null ? [] : [{ kind: 'new-key-expires', days } as const]),
      { kind: 'other-machines-stop' },
      { kind: 'irreversible' },
    ];
  },

  rotationRequest(subject, key, { now }) {
    refuseAgentId(subject, name);
    return {
      method: 'POST',
      url: api(subject, '/personal_access_tokens/self/rotate'),
      headers: { 'PRIVATE-TOKEN': key.reveal(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ expires_at: lastDay(now, subject.settings.lifetime_days) }),
    };
  },

  readRotation: (_subject, answer, _attempt, known) => readRotationAnswer(answer, form, known),

  verificationRequest: (subject, key) => ({
    method: 'GET',
    url: api(subject, '/personal_access_tokens/self'),
    headers: { 'PRIVATE-TOKEN': key.reveal() },
    body: null,
  }),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const [error, id, revoked] = ['error', 'id', 'revoked'].map((field) => valueAt(document, [field]));
      if (error === 'insufficient_scope') return unknown('its scopes don’t let it be asked about');
      if (!success || typeof id !== 'number') return null;
      if (revoked === true) return { state: 'refused', reason: 'the token is revoked' };
      const lifetime = lifetimeOf(document);
      const account = accountName(valueAt(document, ['name']), { keyPattern, known: [] });
      return { state: 'accepted', account, settings: lifetime === null ? {} : { lifetime_days: lifetime } };
    }),
};

/** People know the address of their GitLab with or without the path of its interface. */
function api({ baseUrl }: Subject, path: string): URL {
  return endpoint(baseUrl, /\/api\/v4\/?$/.test(baseUrl.pathname) ? path : `/api/v4${path}`);
}
