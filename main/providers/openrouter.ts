import { createHash } from 'node:crypto';
import type { Secret } from '../credentials/secret.ts';
import { textAt, valueAt } from './answer.ts';
import { bearerRequest } from './bearer.ts';
import { refuseAgentId } from './key-kinds.ts';
import { idByName, idIfListed, keyId, onlyId, readKeys } from './listed-keys.ts';
import { limitFields, limitsOf } from './openrouter-limits.ts';
import type { ListedKey, Overlap, Provider, Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { readRevocationAnswer } from './revocation-answer.ts';
import { readSecondKey, SECOND_KEY, secondKey } from './second-key.ts';
import { readVerificationAnswer } from './verification-answer.ts';

const name = 'OpenRouter';
/** Management keys look the same. */
const keyPattern = /^sk-or-v1-[0-9a-z]{32,128}$/i;
/** So many keys stand in one part of the list. */
const PART = 100;

const form = {
  keyPattern,
  keyPaths: [['key'], ['data', 'key']],
  idPaths: [['data', 'hash'], ['hash']],
  messagePaths: [['error', 'message'], ['message']],
};

const overlap: Overlap = {
  listRequest: (subject, key, from) =>
    bearerRequest(subject, key, 'GET', `/keys${from === null ? '' : `?offset=${from}`}`),

  readList(_subject, answer, from = null) {
    const keys = readKeys(answer, ['data'], listedKey);
    if (!keys) return null;
    return { keys, next: keys.length < PART ? null : String(Number(from ?? 0) + keys.length) };
  },

  /** That it's the only one proves nothing: the management key may be another account's. */
  idOf(subject, key, listed) {
    const hash = createHash('sha256').update(key.reveal()).digest('hex');
    const possible = listed.filter(({ masked }) => shows(masked, key) !== false);
    return (
      idIfListed(listed, hash) ??
      idIfListed(possible, subject.settings.key_id) ??
      onlyId(possible.filter(({ masked }) => shows(masked, key) === true)) ??
      idByName(possible, subject)
    );
  },

  idHint:
    'Check that the management key is of the same account and workspace as this key; else make the new key on the page of OpenRouter.',
  revokeRequest: (subject, key, id) => bearerRequest(subject, key, 'DELETE', `/keys/${id}`),
  readRevocation: (_subject, answer) => readRevocationAnswer(answer),
};

/**
 * A key can't make another one: a *management key* does, which is a credential of its own in Rekey. The setting `manager`
 * of an ordinary key names it. All requests but for the verification are asked with the management key.
 *
 * The id of a key is its `hash`, the SHA-256 of the key (their documents of `GET /activity`: `api_key_hash`).
 * @see PROVIDERS.md, OpenRouter; openrouter.ai/docs/api/api-reference/api-keys has fields and parts of the list.
 */
export const openrouter: Provider = {
  ...secondKey,
  id: 'openrouter',
  name,
  keysPage: 'https://openrouter.ai/settings/keys',
  baseUrls: ['https://openrouter.ai/api/v1'],
  envNames: ['OPENROUTER_API_KEY'],
  keyPrefixes: ['sk-or-v1-'],
  keyPattern,
  keyHint: 'starts with sk-or-v1-',
  settings: [
    {
      name: 'manager',
      label: 'Management key',
      hint: 'The name in Rekey of the management key that makes a new one of this: add that one first, from openrouter.ai/settings/management-keys. Empty only for a management key itself.',
      required: false,
    },
  ],
  verifyPatienceSeconds: 5,
  overlap,

  managerOf: ({ manager }) => manager?.trim() || null,

  consequences(subject) {
    refuseAgentId(subject, name);
    requireManaged(subject);
    return SECOND_KEY;
  },

  rotationRequest(subject, key, attempt) {
    refuseAgentId(subject, name);
    const body = { name: attempt.name, ...limitFields(subject.settings) };
    return bearerRequest(subject, key, 'POST', '/keys', body);
  },

  readRotation: (_subject, answer, attempt, known) => readSecondKey(answer, form, attempt, known),

  verificationRequest: (subject, key) => bearerRequest(subject, key, 'GET', '/key'),

  readVerification: (_subject, answer) =>
    readVerificationAnswer(answer, (document, success) => {
      const data = valueAt(document, ['data']);
      if (!success || textAt(data, [['label']]) === null) return null;
      const isManagement = ['is_management_key', 'is_provisioning_key'].some(
        (field) => valueAt(data, [field]) === true,
      );
      const account = isManagement ? 'management key' : null;
      return { state: 'accepted', account, settings: { management: String(isManagement) } };
    }),
};

function listedKey(entry: unknown): ListedKey | null {
  const id = keyId(valueAt(entry, ['hash']));
  const label = textAt(entry, [['label']]);
  if (id === null) return null;
  return { id, name: textAt(entry, [['name']]) ?? '', settings: limitsOf(entry), masked: label };
}

/** Whether a label shows beginning and end of this key (`sk-or-v1-0e6...c96`); null where it is a person's own. */
function shows(label: string | null, key: Secret): boolean | null {
  const [, start, end] = /^(sk-or-v1-[0-9a-z]{2,})(?:\.{2,}|…|\*{2,})([0-9a-z]{2,})$/i.exec(label ?? '') ?? [];
  if (start === undefined || end === undefined) return null;
  return key.reveal().startsWith(start) && key.reveal().endsWith(end);
}

/** @throws {ProviderError} `setting-required`, `management-key` */
function requireManaged({ settings }: Subject): void {
  if (settings.manager?.trim() && settings.management !== 'true') return;
  if (settings.management === 'false') {
    throw new ProviderError(
      'setting-required',
      'OpenRouter makes new keys only for a management key, and Rekey does not know which one to use for this key. Nothing was sent or changed.',
      'Add the management key to Rekey; then remove this key, and add it again with the name of the management key. Or rotate it by hand.',
    );
  }
  throw new ProviderError(
    'management-key',
    'OpenRouter rotates no management keys, and Rekey takes this for one. Nothing was sent or changed.',
    'Make a new management key at openrouter.ai/settings/management-keys, and rotate by hand. If this is an ordinary key, remove it and add it again with the name of its management key.',
  );
}
