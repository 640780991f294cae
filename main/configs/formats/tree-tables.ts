import type { PlaceInEntry } from '../../hosts/host.schema.ts';
import { placeOf } from '../place.ts';
import type { TablePattern } from '../site.ts';
import { type Container, type Entry, type Literal, leadsTo, NAME_MEMBERS, pathTo, type Reading } from './format.ts';

/** A document as formats other than JSON read it: a tree with the places of its texts. Offsets are bytes of the file. */
export type TreeNode = TreeObject | TreeList | TreeText | TreeOther;

export interface TreeObject {
  readonly kind: 'object';
  readonly start: number;
  readonly end: number;
  /** In the order of the file; a name may stand there more than once. */
  readonly members: readonly { readonly name: string; readonly value: TreeNode }[];
}

export interface TreeList {
  readonly kind: 'list';
  readonly start: number;
  readonly end: number;
  readonly items: readonly TreeNode[];
}

export interface TreeText {
  readonly kind: 'text';
  /** What stands between its quotes, where it has any. */
  readonly start: number;
  readonly end: number;
  readonly style: string;
  readonly value: string;
}

/** A number, a date, true, false or nothing. */
export interface TreeOther {
  readonly kind: 'other';
  readonly start: number;
  readonly end: number;
}

interface Place {
  readonly container: Container;
  readonly key: string | number;
}

/**
 * What stands in the tables of a document that was read as a tree. The same rules as for JSON (`json-tables.ts`).
 *
 * A node that several names lead to (YAML's aliases) is told once, for the first of them that is in a table.
 */
export function readTables(
  root: TreeNode,
  tables: readonly TablePattern[] | 'everything',
  comments: readonly number[] = [],
): Reading {
  const walk = new Walk();
  const top: Container = { parent: null, key: null };
  if (tables === 'everything') walk.inside(root, null, walk.entry(null, null, root), 'field', top);
  else walk.toTables(root, top, tables, 0);
  return {
    literals: walk.literals.sort((one, other) => one.start - other.start),
    entries: walk.entries.sort((one, other) => one.start - other.start),
    comments,
  };
}

class Walk {
  readonly literals: Literal[] = [];
  readonly entries: Entry[] = [];
  readonly #told = new Set<TreeNode>();

  entry(server: string | null, table: Container | null, { start, end }: TreeNode): Entry {
    const entry = { server, table: table === null ? null : pathTo(table), start, end };
    this.entries.push(entry);
    return entry;
  }

  /** Follows the patterns. @param self what `node` is as a container. */
  toTables(node: TreeNode, self: Container, patterns: readonly TablePattern[], depth: number): void {
    const isTable = patterns.some((pattern) => pattern.length === depth);
    for (const [key, value] of childrenOf(node)) {
      const onTheWay = patterns.filter((pattern) => leadsTo(pattern, depth, key));
      // Where the root may be a bare table or hold one, what leads to a table is no server.
      if (onTheWay.length > 0) this.toTables(value, { parent: self, key }, onTheWay, depth + 1);
      else if (isTable && (value.kind === 'object' || value.kind === 'list' || value.kind === 'text')) {
        const entry = this.entry(typeof key === 'number' ? ownName(value, key) : key, self, value);
        this.inside(value, { container: self, key }, entry, null, { parent: self, key });
      }
    }
  }

  /** Tells all texts of an entry. @param self what `node` is as a container. */
  inside(node: TreeNode, at: Place | null, entry: Entry, place: PlaceInEntry | null, self: Container): void {
    if (this.#told.has(node)) return;
    this.#told.add(node);
    if (node.kind === 'text' && at !== null) {
      const { start, end, style } = node;
      this.literals.push({ entry, ...at, place: place ?? 'field', start, end, style });
    }
    for (const [key, value] of childrenOf(node)) {
      this.inside(value, { container: self, key }, entry, place ?? placeOf(key, value.kind === 'object'), {
        parent: self,
        key,
      });
    }
  }
}

function childrenOf(node: TreeNode): [key: string | number, value: TreeNode][] {
  if (node.kind === 'object') return node.members.map(({ name, value }) => [name, value]);
  return node.kind === 'list' ? node.items.map((value, index) => [index, value]) : [];
}

/** Servers in a list are known by a name of their own. */
function ownName(node: TreeNode, index: number): string {
  const members = node.kind === 'object' ? node.members : [];
  for (const name of NAME_MEMBERS) {
    const found = members.find((member) => member.name === name)?.value;
    if (found?.kind === 'text') return found.value;
  }
  return String(index);
}
