import type { Extent } from '../configs/extent.ts';
import { isEscapedBefore, standsAlone } from '../configs/occurrences.ts';
import type { KeyForm, KeyForms } from './key-forms.ts';
import { isPlaceholder } from './looks-random.ts';

/** A piece of text that has the form of a key. */
export interface FormHit extends Extent {
  readonly form: KeyForm;
}

/** The longest that any of the forms can be. */
const LONGEST = 9_000;
/** So much of a file is made a string at a time: a file of 500 MB would be too long for one. */
const PIECE = 16_000_000;

/**
 * Where keys of these forms stand as whole words, in the order of the text and none over another. A chat history of 50 MB
 * is gone through once, for how keys begin.
 *
 * @param isRaw these are the bytes of a file, in which an escape (`\n`) may stand right before a word.
 */
export function formHits(bytes: Buffer, forms: KeyForms, isRaw: boolean): FormHit[] {
  const hits: FormHit[] = [];
  const beginnings = new RegExp(forms.beginnings);
  for (let from = 0; from < bytes.length; from += PIECE) {
    // Latin-1, so that indexes are bytes.
    const text = bytes.toString('latin1', from, from + PIECE + LONGEST);
    beginnings.lastIndex = Math.max(0, (hits.at(-1)?.end ?? 0) - from);
    for (let match = beginnings.exec(text); match && match.index < PIECE; match = beginnings.exec(text)) {
      const hit = hitAt(bytes, from + match.index, forms.all, isRaw);
      beginnings.lastIndex = hit ? hit.end - from : match.index + 1;
      if (hit) hits.push(hit);
    }
  }
  return hits;
}

/** Of several forms, the first in the list. */
function hitAt(bytes: Buffer, at: number, forms: readonly KeyForm[], isRaw: boolean): FormHit | null {
  const before = isRaw && isEscapedBefore(bytes, at) ? 0 : at;
  const isWord = standsAlone(bytes, before, -1);
  const text = bytes.toString('latin1', at, at + LONGEST);
  for (const form of forms) {
    // Most that begins like a key is the middle of a word.
    if (!(isWord || form.isBlock) || !form.starts.some((start) => text.startsWith(start))) continue;
    form.pattern.lastIndex = 0;
    const key = form.pattern.exec(text)?.[0];
    if (key === undefined || isPlaceholder(key)) continue;
    const end = at + key.length;
    if (form.isBlock || standsAlone(bytes, before, end)) return { form, start: at, end };
  }
  return null;
}
