import type { Secret } from '../credentials/secret.ts';
import { valueAt } from './answer.ts';
import { bearerRequest } from './bearer.ts';
import { refuseAgentId } from './key-kinds.ts';
import { idByWhatIsKnown, idIfListed, namedKey, readKeys } from './listed-keys.ts';
import type { Overlap, Provider, Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { readRevocationAnswer } from './revocation-answer.ts';
import { readSecondKey, SECOND_KEY, secondKey } from './second-key.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'SendGrid';
/** 69 characters; the part in the middle is the key's id (twilio.com/docs/sendgrid/ui/account-and-settings/api-keys). */
const keyPattern = /^SG\.[\w-]{22}\.[\w-]{43}$/;
/** Every key gets these by itself. Source: the known issues of the Terraform provider of SendGrid. */
const GIVEN = ['2fa_required', 'sender_verification_eligible'];

const form = {
  keyPattern,
  keyPaths: [['api_key']],
  idPaths: [['api_key_id']],
  messagePaths: [['errors', '0', 'message'], ['message']],
};

/** The whole list comes at once: an account has at most 100 keys. */
const overlap: Overlap = {
  listRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/v3/api_keys'),

  readList(_subject, answer) {
    const keys = readKeys(answer, ['result'], (entry) => namedKey(entry, 'api_key_id'));
    return keys && { keys, next: null };
  },

  idOf(subject, key, listed) {
    const own = ownId(key);
    return own === null ? idByWhatIsKnown(subject, listed) : idIfListed(listed, own);
  },

  idHint: 'The key belongs to another account or subuser of SendGrid: check where it was made.',
  revokeRequest: (subject, key, id) => bearerRequest(subject, key, 'DELETE', `/v3/api_keys/${id}`),
  readRevocation: (_subject, answer) => readRevocationAnswer(answer),
};

/**
 * The new key gets what the old one may do: a request without scopes would make one that may do everything.
 * @see PROVIDERS.md, SendGrid; twilio.com/docs/sendgrid/api-reference/api-keys has the answers.
 */
export const sendgrid: Provider = {
  ...secondKey,
  id: 'sendgrid',
  name,
  keysPage: 'https://app.sendgrid.com/settings/api_keys',
  baseUrls: ['https://api.sendgrid.com', 'https://api.eu.sendgrid.com'],
  envNames: ['SENDGRID_API_KEY'],
  keyPrefixes: ['SG.'],
  keyPattern,
  keyHint: 'starts with SG., 69 characters',
  settings: [],
  verifyPatienceSeconds: 15,
  overlap,

  consequences(subject) {
    refuseAgentId(subject, name);
    return SECOND_KEY;
  },

  rotationRequest(subject, key, attempt) {
    refuseAgentId(subject, name);
    return bearerRequest(subject, key, 'POST', '/v3/api_keys', { name: attempt.name, scopes: scopesOf(subject) });
  },

  readRotation: (_subject, answer, attempt, known) => readSecondKey(answer, form, attempt, known),

  verificationRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/v3/scopes'),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const scopes = valueAt(document, ['scopes']);
      if (!success || !isListOfTexts(scopes)) return null;
      const named = scopes.filter((scope) => /^[a-z0-9_.:-]{1,100}$/.test(scope));
      return { state: 'accepted', account: null, settings: { scopes: JSON.stringify(named) } };
    }),
};

function ownId(key: Secret): string | null {
  return keyPattern.test(key.reveal()) ? (key.reveal().split('.')[1] ?? null) : null;
}

/** @throws {ProviderError} `setting-required` */
function scopesOf({ settings }: Subject): readonly string[] {
  const scopes = parsed(settings.scopes);
  const asked = isListOfTexts(scopes) ? scopes.filter((scope) => !GIVEN.includes(scope)) : [];
  if (asked.length > 0) return asked;
  throw new ProviderError(
    'setting-required',
    'Rekey does not know what the old key may do at SendGrid, and does not ask for a new one that may do everything. Nothing was sent.',
    'Verify the key, then rotate again.',
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
