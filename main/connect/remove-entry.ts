import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { FormatName } from '../configs/formats/format-name.ts';
import type { Insertion, NewEntry } from './entry.ts';
import { isSameValue, keepsNotation, readValues, valueAt, wayOf, withoutValue, withValue } from './values.ts';
import { yamlMember } from './yaml-entry.ts';

/**
 * The text to take out so that an entry is gone, and all other bytes and values stay: exactly what was put in where it
 * still stands so, else the entry alone.
 *
 * @param entry as it was put in.
 * @param added what was put in for it, with its table where there was none.
 * @returns null where it isn't that entry any more, or can't be told apart from what is around it.
 */
export function removalOf(text: string, format: FormatName, entry: NewEntry, added: string): Insertion | null {
  const before = readValues(text, format)?.values;
  if (!isSameValue(valueAt(before, entry.path), entry.value)) return null;
  const expected = possibleRests(before, entry.path);
  const candidates = [asPutIn(text, added), memberIn[wayOf(format)](text, entry.path)];
  const fits = (one: Insertion | null): one is Insertion => {
    if (!one) return false;
    const after = text.slice(0, one.at) + text.slice(one.at + one.text.length);
    if (!keepsNotation(text, after, format)) return false;
    const read = readValues(after, format);
    // In YAML nothing is left of an outermost table without a member.
    return read !== null && expected.some((values) => isSameValue(read.values ?? {}, values));
  };
  return candidates.find(fits) ?? null;
}

const memberIn = { toml: () => null, yaml: yamlMember, json: asMember };

/** Without the entry; with nothing in the place of the table that is empty then, as YAML has it; or without that table. */
function possibleRests(before: unknown, path: readonly string[]): unknown[] {
  let rest = withoutValue(before, path);
  const rests = [rest];
  for (let length = path.length - 1; length > 0; length--) {
    const table = path.slice(0, length);
    if (!isSameValue(valueAt(rest, table), {})) break;
    rests.push(withValue(rest, table, null));
    rest = withoutValue(rest, table);
    rests.push(rest);
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
