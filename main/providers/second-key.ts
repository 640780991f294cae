import type { Secret } from '../credentials/secret.ts';
import { jsonBody, type Path, valueAt } from './answer.ts';
import type { HttpAnswer } from './http.ts';
import { oneKind } from './key-kinds.ts';
import { keyId } from './listed-keys.ts';
import type { Consequence, SettingField } from './provider.schema.ts';
import type { Attempt, Provider, RotationReading } from './provider.ts';
import { type RotationAnswerForm, readRotationAnswer } from './rotation-answer.ts';

/** What every service has in common where a second key is made, and the first one revoked later. */
export const secondKey = {
  ...oneKind,
  strategy: 'overlap',
  verifies: true,
  companions: [],
  /** How long both keys work, in minutes. An hour is time to restart the programs that have the old one in memory. */
  grace: { choices: [0, 60, 1_440, 10_080], default: 60 },
  credentialsFiles: () => [],
} as const satisfies Partial<Provider>;

export const SECOND_KEY: readonly Consequence[] = [
  { kind: 'old-key-works-until-revoked' },
  { kind: 'other-machines-stop' },
];

/** By its name an old key is found in the service's list; Rekey knows the names of those that it has made itself. */
export function keyNameSetting(hint: string): SettingField {
  return { name: 'key_name', label: 'Name of the key', hint, required: false };
}

/**
 * Reads the answer to the request for a second key: its id and name are what it is known by when it's to be revoked one
 * day. Without an id, that of the key before must not stay.
 */
export function readSecondKey(
  answer: HttpAnswer,
  form: RotationAnswerForm & { readonly idPaths: readonly Path[] },
  attempt: Attempt,
  known: readonly Secret[],
): RotationReading {
  const reading = readRotationAnswer(answer, form, known);
  if (reading.outcome !== 'rotated') return reading;
  const document = jsonBody(answer);
  const id =
    form.idPaths.map((path) => keyId(valueAt(document, path), form.keyPattern)).find((one) => one !== null) ?? null;
  return { ...reading, keyId: id, settings: { key_id: id ?? '', key_name: attempt.name } };
}
