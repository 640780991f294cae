import { findSites } from '../../main/configs/find.ts';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { patch } from '../../main/configs/patch.ts';
import type { Findings, Search } from '../../main/configs/site.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { splice } from '../../main/configs/splice.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { AWKWARD, NEW, OLD, searchFor } from './samples.ts';

/** A generated document: text, and string values that hold the key. */
export type Part = string | KeyText;

/** A string value with the key somewhere in it, as it is written. */
export interface KeyText {
  /** In a server table, where it is to be changed. */
  readonly isInTable: boolean;
  /** The opening quotes and what stands before the key. */
  readonly open: string;
  readonly key: string;
  /** What stands behind the key and the closing quotes. */
  readonly close: string;
  /** Knows no escapes: where it can't hold a key, it is written anew as a whole. */
  readonly isLiteral: boolean;
}

/** Stands for the new key in the text that is expected: no generated text holds it. */
const HOLE = 'K3Y-H0LE-IN-TEXT';

/** New keys with whatever some notation has to write in another way. */
export const FRESH_KEYS: readonly string[] = [
  NEW,
  AWKWARD,
  ...'"\'\\#:\n\t\r\u0001\u007f\u0085\u2028é你🔑${}[],&*!|>%@`=/\0'.split(/(?:)/u),
  ...['"""', "'''", "''", 'a\\', '\\u0041', '\r\n', ' a', 'a ', '  ', '\ta', 'true', 'null', '123', '~', '1.0', '//'],
];

/** The document as it is written. */
export function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.open + part.key + part.close)).join('');
}

/** The document with a mark for each key in a server table, to be {@link filled}. */
export function withHoles(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.open + (part.isInTable ? HOLE : part.key) + part.close;
    })
    .join('');
}

/** What a reader has made of a document with holes, with a key in them. */
export function filled(tree: unknown, fresh: string): unknown {
  if (typeof tree === 'string') return tree.replaceAll(HOLE, () => fresh);
  if (Array.isArray(tree)) return tree.map((item) => filled(item, fresh));
  if (typeof tree !== 'object' || tree === null || tree instanceof Date) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, filled(value, fresh)]));
}

/** What the changed document looks like: all that is no key in a table, in its order, byte for byte. */
export function around(parts: readonly Part[], fresh: string): RegExp {
  const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = parts.map((part) => {
    if (typeof part === 'string' || !part.isInTable) return quote(textOf([part]));
    if (part.isLiteral && /['\p{Cc}]/u.test(fresh)) return '[\\s\\S]*?';
    return `${quote(part.open)}[\\s\\S]*?${quote(part.close)}`;
  });
  return new RegExp(`^${pattern.join('')}$`);
}

/** The document with `fresh` wherever `search` finds something. */
export function rekeyed(text: string, fresh: string, format: FormatName, search: Search): string {
  const bytes = Buffer.from(text);
  return patch(bytes, format, editsOf(findSites(bytes, format, search), fresh)).toString();
}

const editsOf = ({ sites }: Findings, fresh: string) => sites.map((site) => ({ site, value: new Secret(fresh) }));

/**
 * What has become of a document that was broken at random: null where it was refused. Else the changed one, the one that
 * is expected by its bytes, and what each path holds that was to be changed.
 */
export function mutantRekeyed(text: string, format: FormatName, search: Search = searchFor()) {
  const bytes = Buffer.from(text);
  try {
    const found = findSites(bytes, format, search);
    return {
      result: patch(bytes, format, editsOf(found, NEW)).toString(),
      expected: splice(
        bytes,
        found.sites.map(({ start, end }) => ({ start, end, text: NEW })),
      ).toString(),
      paths: found.sites.map(({ path }) => path),
    };
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

/** A tree with the new key for the old one at some paths. */
export function changedAt(tree: unknown, paths: readonly (readonly (string | number)[])[]): unknown {
  if (typeof tree === 'string') return paths.some((path) => path.length === 0) ? tree.replaceAll(OLD, NEW) : tree;
  if (typeof tree !== 'object' || tree === null || tree instanceof Date) return tree;
  const changed = Object.entries(tree).map(([name, value]): [string, unknown] => {
    const below = paths.filter(([first]) => String(first) === name).map((path) => path.slice(1));
    return [name, changedAt(value, below)];
  });
  return Array.isArray(tree) ? changed.map(([, value]) => value) : Object.fromEntries(changed);
}
