import { apart } from '../configs/apart.ts';
import type { Literal } from '../configs/formats/format.ts';
import type { Layer } from '../configs/layer.ts';
import { occurrences } from '../configs/occurrences.ts';
import { referencesIn } from '../configs/references.ts';
import { formHits } from './form-hits.ts';
import { beginningOf, isTelling, type KeyForm, type KeyForms } from './key-forms.ts';
import { isHarmlessName, isSecretName, labelBefore, labelInUrl } from './label.ts';
import { looksRandom } from './looks-random.ts';
import { type Candidate, ofForm, ofKnown, type Rules } from './rules.ts';

/** A value in a server's entry, with what tells what it is for. */
export interface Value {
  readonly literal: Literal;
  /** Hosts keep secrets there. */
  readonly isSecret: boolean;
  /** The name under which the whole value stands: of the field or variable, or the option before it. */
  readonly name: string | null;
}

/** How much of the text before and after a token is looked at. */
const AROUND = 160;
/** Keys consist of these; base64 ends with `=`. */
const TOKENS = /[A-Za-z0-9_.~+/-]{16,512}={0,2}/g;

/** What may be a key in one layer of a value: known keys first, then those with a known form, then what looks random. */
export function candidatesIn(layer: Layer, value: Value, rules: Rules): Candidate[] {
  const known = rules.known.keys.flatMap((key) =>
    occurrences(layer, Buffer.from(key.value.reveal())).map((start) => ofKnown(key, start)),
  );
  const formed = formHits(layer.bytes, rules.forms, false).flatMap(({ form, start, end }) => {
    const key = layer.bytes.toString('latin1', start, end);
    const counts = isTelling(form, key) || isProven(form, key, labelOf(layer, start, end, value.name));
    return counts ? [ofForm(form, start, key)] : [];
  });
  const random = value.isSecret ? randomTokens(layer, value) : [];
  return apart(known, formed, ofVariables(layer, value, rules.forms), random);
}

/** A form with a short beginning is proven by the name that the key stands under, or by looking random. */
function isProven(form: KeyForm, key: string, label: string | null): boolean {
  if (label !== null && (form.envNames.includes(label) || isSecretName(label))) return true;
  return looksRandom(key.slice(beginningOf(form, key).length), 'named');
}

/** Keys without a beginning of their own (a UUID): told only under the service's variables. */
function ofVariables(layer: Layer, value: Value, forms: KeyForms): Candidate[] {
  const text = layer.bytes.toString('latin1');
  return forms.all
    .filter(({ starts }) => starts.length === 0)
    .flatMap((form) =>
      [...text.matchAll(form.anywhere)].flatMap((match) => {
        const end = match.index + match[0].length;
        const label = labelOf(layer, match.index, end, value.name);
        return label !== null && form.envNames.includes(label) ? [ofForm(form, match.index, match[0])] : [];
      }),
    );
}

function randomTokens(layer: Layer, value: Value): Candidate[] {
  const text = layer.bytes.toString('latin1');
  const references = referencesIn(text);
  return [...text.matchAll(TOKENS)].flatMap((match): Candidate[] => {
    const [token] = match;
    const start = match.index;
    const end = start + token.length;
    const word =
      text
        .slice(Math.max(0, start - AROUND), start)
        .split(/[\s"']/)
        .at(-1) ?? '';
    // A URL is a layer of its own, and a reference holds no key.
    if (word.includes('://') || references.some((reference) => reference.includes(token))) return [];
    const label = labelOf(layer, start, end, value.name);
    return isRandom(layer, value, label, token) ? [{ start, end, prefix: '', why: { kind: 'entropy' } }] : [];
  });
}

function isRandom({ encoding }: Layer, { literal }: Value, label: string | null, token: string): boolean {
  if (label !== null && isSecretName(label)) return looksRandom(token, 'named');
  // In arguments and addresses, only a name tells a secret from anything else.
  const isNamedOnly = literal.place === 'argument' || literal.place === 'url' || encoding === 'percent';
  return !isNamedOnly && label !== null && !isHarmlessName(label) && looksRandom(token, 'bare');
}

/** The name under which a piece of a layer stands, by what is around it there and in the layers below. */
function labelOf(layer: Layer, start: number, end: number, name: string | null): string | null {
  // HTTP's basic authentication: user and password.
  if (layer.encoding === 'base64') return 'Authorization';
  const before = layer.bytes.toString('latin1', Math.max(0, start - AROUND), start);
  if (layer.encoding === 'percent') return labelInUrl(before, layer.bytes.toString('latin1', end, end + 1));
  const label = labelBefore(before);
  if (label !== undefined) return label;
  const below = layer.parent;
  if (below === null || below.parent === null) return name;
  return labelOf(below, layer.begin, layer.begin + layer.bytes.length, name);
}
