import { apart } from '../configs/apart.ts';
import type { Extent } from '../configs/extent.ts';
import { standsAlone } from '../configs/occurrences.ts';
import { type OutsideHit, outsideHits, whereIs } from '../configs/outside.ts';
import { Secret } from '../credentials/secret.ts';
import { formHits } from './form-hits.ts';
import { beginningOf, isTelling, type KeyForm, type KeyForms } from './key-forms.ts';
import { labelBefore } from './label.ts';
import { looksRandom } from './looks-random.ts';
import { type Candidate, ofForm, ofKnown, type Rules } from './rules.ts';

interface RawKey extends Candidate {
  readonly where: OutsideHit['where'];
  readonly value: Secret;
}

const AROUND = 160;

/**
 * Keys anywhere in the bytes of a file but for the given places: known ones in the usual ways to write them, and those
 * with the form of a service. What only looks random is no finding here: chats are full of it.
 */
export function rawKeys(bytes: Buffer, rules: Rules, inside: readonly Extent[], comments: readonly number[]): RawKey[] {
  const needles = rules.known.keys.map(({ value }, index) => ({ role: String(index), value }));
  const known = outsideHits(bytes, needles, inside, comments).flatMap(({ role, start, end }) => {
    const key = rules.known.keys[Number(role)];
    return key ? [{ ...ofKnown(key, start), end, value: key.value }] : [];
  });
  const formed = [...formKeys(bytes, rules.forms), ...variableKeys(bytes, rules.forms)].map((candidate) => ({
    ...candidate,
    value: new Secret(bytes.toString('latin1', candidate.start, candidate.end)),
  }));
  const free = formed.filter((key) => !inside.some(({ start, end }) => key.start < end && start < key.end));
  return apart(known, free).map((key) => ({ ...key, where: whereIs(key.start, comments) }));
}

function formKeys(bytes: Buffer, forms: KeyForms): Candidate[] {
  return formHits(bytes, forms, true).flatMap(({ form, start, end }) => {
    const key = bytes.toString('latin1', start, end);
    const label = (): string | null | undefined =>
      labelBefore(bytes.toString('latin1', Math.max(0, start - AROUND), start));
    const counts =
      isTelling(form, key) ||
      looksRandom(key.slice(beginningOf(form, key).length), 'named') ||
      form.envNames.includes(label() ?? '');
    return counts ? [ofForm(form, start, key)] : [];
  });
}

/** Keys without a beginning of their own (a UUID): told only right behind the service's variables. */
function variableKeys(bytes: Buffer, forms: KeyForms): Candidate[] {
  return forms.all
    .filter(({ starts }) => starts.length === 0)
    .flatMap((form) => form.envNames.flatMap((name) => behind(bytes, form, name)));
}

function behind(bytes: Buffer, form: KeyForm, name: string): Candidate[] {
  const found: Candidate[] = [];
  for (let at = bytes.indexOf(name); at >= 0; at = bytes.indexOf(name, at + name.length)) {
    const after = at + name.length;
    const between = /^\\?["']? {0,3}[=:] {0,3}\\?["']?/.exec(bytes.toString('latin1', after, after + 12))?.[0];
    if (between === undefined) continue;
    const start = after + between.length;
    form.pattern.lastIndex = 0;
    const key = form.pattern.exec(bytes.toString('latin1', start, start + AROUND))?.[0];
    if (key !== undefined && standsAlone(bytes, start, start + key.length)) found.push(ofForm(form, start, key));
  }
  return found;
}
