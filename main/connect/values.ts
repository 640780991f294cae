import { isDeepStrictEqual } from 'node:util';
import { loadAll } from 'js-yaml';
import { type ParseError, parse } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import type { FormatName } from '../configs/formats/format-name.ts';

type Table = Readonly<Record<string, unknown>>;

/** How a document is written, as far as entries are concerned. */
export function wayOf(format: FormatName): 'toml' | 'yaml' | 'json' {
  return format === 'toml' || format === 'yaml' ? format : 'json';
}

/**
 * The values of a document, read by another reader than the one that the edit is made with.
 * @returns null for a document that this one can't read.
 */
export function readValues(text: string, format: FormatName): { readonly values: unknown } | null {
  try {
    return { values: readers[wayOf(format)](text) };
  } catch {
    return null;
  }
}

/** Undefined for a file that holds nothing but blanks and comments. */
function onlyYaml(text: string): unknown {
  const documents = loadAll(text);
  if (documents.length > 1) throw new Error('more than one document');
  return documents[0];
}

const readers = {
  toml: (text: string): unknown => parseToml(text),
  yaml: onlyYaml,
  json: (text: string): unknown => parse(text, [], { allowTrailingComma: true }),
};

/** Whether a changed document uses nothing that the old one didn't: a comma behind the last member is fatal to some hosts. */
export function keepsNotation(before: string, after: string, format: FormatName): boolean {
  return wayOf(format) !== 'json' || !isWithoutLastCommas(before) || isWithoutLastCommas(after);
}

function isWithoutLastCommas(text: string): boolean {
  const errors: ParseError[] = [];
  parse(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: false });
  return errors.length === 0;
}

/** What stands at this place; undefined where the way there ends. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((at, name) => (isTable(at) && Object.hasOwn(at, name) ? at[name] : undefined), value);
}

/** The same values with one more, or another one, at this place. Tables on the way are made. */
export function withValue(value: unknown, [name, ...rest]: readonly string[], added: unknown): unknown {
  if (name === undefined) return added;
  const table = isTable(value) ? value : {};
  return { ...table, [name]: withValue(table[name], rest, added) };
}

/** The same values without what stands at this place. */
export function withoutValue(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined || !isTable(value)) return value;
  const { [name]: found, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: withoutValue(found, rest) };
}

/** Dates of TOML are objects of a class of their own; their texts tell them apart. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(structuredClone(plainOf(one)), structuredClone(plainOf(other)));
}

function plainOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainOf(inner)]));
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
