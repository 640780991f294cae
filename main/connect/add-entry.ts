import { type Node, parseTree } from 'jsonc-parser';
import type { FormatName } from '../configs/formats/format-name.ts';
import type { Insertion, NewEntry } from './entry.ts';
import { isSameValue, keepsNotation, readValues, valueAt, wayOf, withValue } from './values.ts';
import { inYaml, yamlEntry } from './yaml-entry.ts';

const INDENT = '  ';

/**
 * Where an entry can be put into a document so that all that was there stays, byte for byte, and means what it meant.
 *
 * @returns null where it can't: there is such an entry already, or something else stands in its way.
 */
export function insertionFor(text: string, format: FormatName, entry: NewEntry): Insertion | null {
  const before = readValues(text, format);
  if (before === null || valueAt(before.values, entry.path) !== undefined) return null;
  const insertion = insertionIn[wayOf(format)](text, entry, newlineOf(text));
  if (!insertion) return null;
  const after = inserted(text, insertion);
  const isRight = isSameValue(readValues(after, format)?.values, withValue(before.values, entry.path, entry.value));
  return isRight && keepsNotation(text, after, format) ? insertion : null;
}

export function inserted(text: string, { at, text: added }: Insertion): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** A document with nothing but this entry. */
export function documentWith(format: FormatName, entry: NewEntry): string {
  const way = wayOf(format);
  if (way === 'toml') return tomlEntry(entry, '\n');
  if (way === 'yaml') return yamlEntry(entry, '\n');
  return `${JSON.stringify(withValue({}, entry.path, entry.value), null, INDENT)}\n`;
}

const insertionIn = { toml: inToml, yaml: inYaml, json: inJson };

/** At the end, where no table is open but the last one, which this ends. */
function inToml(text: string, entry: NewEntry, newline: string): Insertion {
  const gap = text === '' ? '' : text.endsWith('\n') ? newline : newline + newline;
  return { at: text.length, text: gap + tomlEntry(entry, newline) };
}

function tomlEntry({ path, value }: NewEntry, newline: string): string {
  // Texts and lists of texts are written in TOML as in JSON.
  const lines = Object.entries(value).map(([name, inner]) => `${name} = ${JSON.stringify(inner)}`);
  return [`[${path.join('.')}]`, ...lines, ''].join(newline);
}

/** As the first member of the innermost table that is there: whether the last one has a comma doesn't matter then. */
function inJson(text: string, { path, value }: NewEntry): Insertion | null {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(start), [], { allowTrailingComma: true });
  if (root?.type !== 'object') return null;
  const { table, rest } = innermost(root, path);
  const [name, ...below] = rest;
  if (table.type !== 'object' || name === undefined) return null;
  return memberIn(text, start, table, name, withValue({}, below, value));
}

function innermost(root: Node, path: readonly string[]): { table: Node; rest: readonly string[] } {
  let table = root;
  for (const [index, name] of path.entries()) {
    const member = table.children?.find((child) => child.children?.[0]?.value === name)?.children?.[1];
    if (!member) return { table, rest: path.slice(index) };
    table = member;
  }
  return { table, rest: [] };
}

function memberIn(text: string, start: number, table: Node, name: string, value: unknown): Insertion {
  const at = start + table.offset + 1;
  const [first] = table.children ?? [];
  const newline = newlineOf(text);
  const outer = indentAt(text, start + table.offset);
  // As the members that are there: each on a line of its own, or all on one.
  const beforeFirst = first && text.slice(at, start + first.offset);
  if (beforeFirst !== undefined && !beforeFirst.includes('\n')) {
    return { at, text: `${JSON.stringify(name)}: ${JSON.stringify(value)}, ` };
  }
  const indent = first ? indentAt(text, start + first.offset) : outer + INDENT;
  const step = indent.slice(outer.length) || INDENT;
  const member = `${JSON.stringify(name)}: ${JSON.stringify(value, null, step)}`.replaceAll('\n', newline + indent);
  const end = first ? ',' : newline + outer;
  return { at, text: newline + indent + member + end };
}

/** The blanks at the beginning of the line on which this stands. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[\t ]*/.exec(line.replace('\uFEFF', ''))?.[0] ?? '';
}

function newlineOf(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? '\n';
}
