import { isMap, isNode, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';
import type { Insertion, NewEntry } from './entry.ts';
import { withValue } from './values.ts';

const INDENT = 2;

/** A document, or a part of one, with nothing but this entry. */
export function yamlEntry({ path, value }: NewEntry, newline: string): string {
  const text = stringify(withValue({}, path, value), { indent: INDENT, lineWidth: 0 });
  return text.replaceAll('\n', newline);
}

/**
 * As the first member of the innermost table that is there: right below its name, so that comments go on standing above
 * what they are about. Whether the document still means the same is for the caller to see.
 */
export function inYaml(text: string, { path, value }: NewEntry, newline: string): Insertion | null {
  const { contents } = parseDocument(text);
  const root = isMap(contents) ? contents : null;
  if (!root && contents && !(isScalar(contents) && contents.value === null)) return null;
  for (let length = path.length - 1; length > 0; length--) {
    const pair = root && pairAt(root, path.slice(0, length));
    if (pair) return inTable(text, pair, { path: path.slice(length), value }, newline);
  }
  if (root?.flow) return null;
  // At the end of the outermost table, which has no indent.
  const gap = text === '' || text.endsWith('\n') ? '' : newline;
  return { at: text.length, text: gap + yamlEntry({ path, value }, newline) };
}

/** All lines of an entry. @returns null where it doesn't have them for itself. */
export function yamlMember(text: string, path: readonly string[]): Insertion | null {
  const root = parseDocument(text).contents;
  const pair = isMap(root) ? pairAt(root, path) : null;
  const start = pair ? keyStart(pair) : undefined;
  const range = isNode(pair?.value) ? pair.value.range : null;
  if (start === undefined || !range) return null;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const [, valueEnd] = range;
  const lineEnd = text[valueEnd - 1] === '\n' ? valueEnd : text.indexOf('\n', valueEnd) + 1 || text.length;
  return { at: lineStart, text: text.slice(lineStart, lineEnd) };
}

function pairAt(root: YAMLMap, path: readonly string[]): Pair | null {
  let table: unknown = root;
  let pair: Pair | undefined;
  for (const name of path) {
    if (!isMap(table)) return null;
    pair = table.items.find(({ key }) => isScalar(key) && key.value === name);
    table = pair?.value;
  }
  return pair ?? null;
}

function inTable(text: string, { key, value: table }: Pair, entry: NewEntry, newline: string): Insertion | null {
  if (isMap(table) && table.flow) {
    const at = (table.range?.[0] ?? -1) + 1;
    const [name = '', ...below] = entry.path;
    const member = `${JSON.stringify(name)}: ${JSON.stringify(withValue({}, below, entry.value))}`;
    return { at, text: table.items.length > 0 ? `${member}, ` : member };
  }
  const nameEnd = isScalar(key) ? key.range?.[1] : undefined;
  if (nameEnd === undefined) return null;
  const lineEnd = text.indexOf('\n', nameEnd);
  const first = isMap(table) ? keyStart(table.items[0]) : undefined;
  const indent = columnOf(text, first) ?? (columnOf(text, keyStart({ key })) ?? 0) + INDENT;
  const lines = yamlEntry(entry, newline).replaceAll(/^(?=.)/gm, ' '.repeat(indent));
  return lineEnd === -1 ? { at: text.length, text: newline + lines } : { at: lineEnd + 1, text: lines };
}

function keyStart(pair: Pick<Pair, 'key'> | undefined): number | undefined {
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

function columnOf(text: string, at: number | undefined): number | undefined {
  return at === undefined ? undefined : at - (text.lastIndexOf('\n', at - 1) + 1);
}
