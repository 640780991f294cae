import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { FormatName } from '../configs/formats/format-name.ts';
import type { Insertion, NewEntry } from './add-entry.ts';
import { isSameValue, keepsNotation, valueAt, valuesOf, withoutValue } from './values.ts';

/**
 * The text to take out so that an entry is gone, and all other bytes and values stay: exactly what was put in where it
 * still stands so, else the entry alone.
 *
 * @param entry as it was put in.
 * @param added what was put in for it, with its table where there was none.
 * @returns null where it isn't that entry any more, or can't be told apart from what is around it.
 */
export function removalOf(text: string, format: FormatName, entry: NewEntry, added: string): Insertion | null {
  const before = valuesOf(text, format);
  if (!isSameValue(valueAt(before, entry.path), entry.value)) return null;
  const expected = possibleRests(before, entry.path);
  const candidates = [asPutIn(text, added), format === 'toml' ? null : asMember(text, entry.path)];
  const fits = (one: Insertion | null): one is Insertion => {
    if (!one) return false;
    const after = text.slice(0, one.at) + text.slice(one.at + one.text.length);
    if (!keepsNotation(text, after, format)) return false;
    return expected.some((values) => isSameValue(tryValues(after, format), values));
  };
  return candidates.find(fits) ?? null;
}

/** Without the entry, or without the tables that would be empty then. */
function possibleRests(before: unknown, path: readonly string[]): unknown[] {
  const rests = [withoutValue(before, path)];
  for (let length = path.length - 1; length > 0; length--) {
    const table = path.slice(0, length);
    if (!isSameValue(valueAt(rests.at(-1), table), {})) break;
    rests.push(withoutValue(before, table));
  }
  return rests;
}

function asPutIn(text: string, added: string): Insertion | null {
  const at = text.indexOf(added);
  return at === -1 || text.indexOf(added, at + 1) !== -1 ? null : { at, text: added };
}

/** The member with the comma behind it, or before it where it is the last one. Comments beside it stay. */
function asMember(text: string, path: readonly string[]): Insertion | null {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(mark), [], { allowTrailingComma: true });
  const member = root && findNodeAtLocation(root, [...path])?.parent;
  if (!member) return null;
  const offset = mark + member.offset;
  let start = text.slice(0, offset).trimEnd().length;
  const valueEnd = offset + member.length;
  const comma = /^\s*,/.exec(text.slice(valueEnd))?.[0];
  if (comma === undefined && text[start - 1] === ',') start -= 1;
  return { at: start, text: text.slice(start, valueEnd + (comma?.length ?? 0)) };
}

/** Undefined for a document that can't be read. */
function tryValues(text: string, format: FormatName): unknown {
  try {
    return valuesOf(text, format);
  } catch {
    return undefined;
  }
}
