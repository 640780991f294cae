import type { Extent } from '../configs/extent.ts';
import { publicPrefix } from '../credentials/mask.ts';
import { Secret } from '../credentials/secret.ts';
import type { KeyForm, KeyForms } from './key-forms.ts';
import type { KnownKey, KnownKeys } from './known-keys.ts';
import type { WhyKey } from './scan.schema.ts';

/** What a scan looks for. */
export interface Rules {
  readonly known: KnownKeys;
  readonly forms: KeyForms;
}

/** Something that may be a key, where it stands in a text. */
export interface Candidate extends Extent {
  /** Its public beginning. */
  readonly prefix: string;
  readonly why: WhyKey;
}

/** A token that has the form of a service's keys. */
export function ofForm(form: KeyForm, start: number, key: string): Candidate {
  const prefix = publicPrefix(new Secret(key), form.starts);
  return { start, end: start + key.length, prefix, why: { kind: 'pattern', service: form.service } };
}

/** A key that Rekey knows. */
export function ofKnown({ credential, isDead, prefix, value }: KnownKey, start: number): Candidate {
  const end = start + Buffer.byteLength(value.reveal());
  return { start, end, prefix, why: { kind: 'known', credential, isDead } };
}
