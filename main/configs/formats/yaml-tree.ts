import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Extent } from '../extent.ts';
import { BrokenDocument } from './format.ts';
import type { TreeNode, TreeObject, TreeText } from './tree-tables.ts';
import { blockLayer, blockStyle } from './yaml-blocks.ts';
import { flowLayer } from './yaml-flow-scalars.ts';
import { isCertainlyText } from './yaml-spelling.ts';

/** How much aliases may stand for, and merges bring in, beyond what is written: enough for people, too little for a bomb. */
const MOST_REPEATED = 100_000;
const MOST_MERGED = 10_000;
const DEEPEST = 500;

const TEXT_TAG = 'tag:yaml.org,2002:str';
const OBJECT_TAG = 'tag:yaml.org,2002:map';
const LIST_TAG = 'tag:yaml.org,2002:seq';

type Member = TreeObject['members'][number];

/** A node with its size, when each alias stands for a copy of what it names. */
interface Built {
  readonly node: TreeNode;
  readonly nodes: number;
  readonly depth: number;
}

/**
 * Makes the tree of a document: aliases lead to the very node that they name, and what comes in by a merge key
 * (`<<: *base`) is a member like any other.
 *
 * Whatever readers may differ about becomes a node that nothing is looked for in: a key in there is reported as outside.
 */
export class YamlTree {
  readonly texts = new Map<number, TreeText>();
  readonly #bytes: Buffer;
  readonly #at: (index: number) => number;
  /** What the other reader reads, by the index at which a text begins. */
  readonly #values: ReadonlyMap<number, string>;
  /** Null for a node that isn't complete yet. */
  readonly #anchors = new Map<string, Built | null>();
  /** How many names the node is inside of. */
  #names = 0;
  #written = 0;
  #merged = 0;

  /** @param at from an index of the text to the offset in `bytes`. */
  constructor(bytes: Buffer, at: (index: number) => number, values: ReadonlyMap<number, string>) {
    this.#bytes = bytes;
    this.#at = at;
    this.#values = values;
  }

  /** @throws {BrokenDocument} with an index of the text. */
  build(root: ParsedNode): TreeNode {
    return this.#built(root, false).node;
  }

  #built(node: ParsedNode, inFlow: boolean): Built {
    const [index] = node.range;
    if (isAlias(node)) {
      // A change of the value that it stands for would change the name too.
      if (this.#names > 0) throw new BrokenDocument('an alias stands in a name, which is not supported', index);
      const named = this.#anchors.get(node.source);
      if (named) return named;
      throw new BrokenDocument(named === null ? 'an alias leads into itself' : 'an alias names nothing', index);
    }
    this.#written++;
    const { anchor } = node;
    if (anchor !== undefined) this.#anchors.set(anchor, null);
    const built = this.#fresh(node, inFlow);
    if (built.nodes > this.#written + MOST_REPEATED || built.depth > DEEPEST) {
      throw new BrokenDocument('its aliases stand for far more than settings hold', index);
    }
    // Nor is a name, or a part of one, anything that may be changed where an alias to it stands for a value.
    if (anchor !== undefined) this.#anchors.set(anchor, this.#names > 0 ? opaque(built.node) : built);
    return built;
  }

  #fresh(node: Exclude<ParsedNode, Alias.Parsed>, inFlow: boolean): Built {
    if (isMap<ParsedNode, ParsedNode | null>(node)) return this.#object(node, inFlow || node.flow === true);
    if (isSeq<ParsedNode>(node)) return this.#list(node, inFlow || node.flow === true);
    return leaf(this.#scalar(node, inFlow));
  }

  #extent({ range }: { readonly range?: ParsedNode['range'] | null }): Extent {
    return { start: this.#at(range?.[0] ?? 0), end: this.#at(range?.[1] ?? 0) };
  }

  #list(list: YAMLSeq<ParsedNode>, inFlow: boolean): Built {
    const items = list.items.map((item) => this.#built(item, inFlow));
    const isList = list.tag === undefined || list.tag === LIST_TAG;
    const extent = this.#extent(list);
    if (!isList) return opaque(extent);
    return around({ kind: 'list', ...extent, items: items.map(({ node }) => node) }, items);
  }

  #object(map: YAMLMap<ParsedNode, ParsedNode | null>, inFlow: boolean): Built {
    const inside: Built[] = [];
    const own: Member[] = [];
    const merged: Member[] = [];
    for (const { key, value } of map.items) {
      const name = this.#name(key, inFlow);
      const built = value === null ? opaque(this.#extent(key)) : this.#built(value, inFlow);
      inside.push(built);
      const base = isMergeKey(key) ? this.#merge(built.node, key.range[0]) : null;
      if (base) merged.push(...base);
      else if (name !== null) own.push({ name, value: built.node });
    }
    const extent = this.#extent(map);
    if (map.tag !== undefined && map.tag !== OBJECT_TAG) return opaque(extent);
    const names = new Set(own.map(({ name }) => name));
    const members = [...own, ...merged.filter(({ name }) => !names.has(name))];
    return around({ kind: 'object', ...extent, members }, inside);
  }

  /** Null for a list or an object as a name: nothing that is known can be under it. */
  #name(key: ParsedNode, inFlow: boolean): string | null {
    this.#names++;
    this.#built(key, inFlow);
    this.#names--;
    return isScalar(key) ? (key.source ?? '') : null;
  }

  /** The members of an object, or of several of which the first that has a name counts; null for anything else. */
  #merge(from: TreeNode, index: number): readonly Member[] | null {
    const objects = from.kind === 'list' ? from.items : [from];
    const members = new Map<string, Member[]>();
    for (const object of objects) {
      if (object.kind !== 'object') return null;
      this.#merged += 1 + object.members.length;
      if (this.#merged > MOST_MERGED) throw new BrokenDocument('merge keys bring in more than settings hold', index);
      for (const [name, all] of Map.groupBy(object.members, (member) => member.name)) {
        if (!members.has(name)) members.set(name, all);
      }
    }
    return [...members.values()].flat();
  }

  #scalar(scalar: Scalar.Parsed, inFlow: boolean): TreeNode {
    const extent = this.#extent(scalar);
    const other: TreeNode = { kind: 'other', ...extent };
    const value = scalar.source ?? '';
    const isText =
      scalar.tag === undefined ? scalar.type !== 'PLAIN' || isCertainlyText(value) : scalar.tag === TEXT_TAG;
    const found = isText ? styled(scalar, extent, inFlow) : null;
    if (found === null) return other;
    const text: TreeText = { kind: 'text', ...found.extent, style: found.style, value };
    // Three ways to read it must come to the same: both libraries', and ours, which knows where each byte stands.
    const layer = found.isBlock ? blockLayer(this.#bytes, text) : flowLayer(this.#bytes, text);
    if (this.#values.get(found.index) !== value || layer.bytes.toString() !== value.toWellFormed()) return other;
    this.texts.set(text.start, text);
    return text;
  }
}

function leaf(node: TreeNode): Built {
  return { node, nodes: 1, depth: 1 };
}

/** A node that nothing is looked for in. */
function opaque({ start, end }: Extent): Built {
  return leaf({ kind: 'other', start, end });
}

function around(node: TreeNode, inside: readonly Built[]): Built {
  const nodes = inside.reduce((sum, built) => sum + built.nodes, 1);
  const depth = inside.reduce((most, built) => Math.max(most, built.depth), 0) + 1;
  return { node, nodes, depth };
}

function isMergeKey(key: ParsedNode): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN' && key.tag === undefined;
}

/** How a scalar is written, where, and the index of the text at which the other reader has its first character. */
function styled({ type, range, srcToken }: Scalar.Parsed, { start, end }: Extent, inFlow: boolean) {
  const [index] = range;
  if (type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE') {
    const style = type === 'QUOTE_SINGLE' ? 'single' : 'double';
    return { style, extent: { start: start + 1, end: end - 1 }, index: index + 1, isBlock: false };
  }
  if (srcToken?.type === 'block-scalar') {
    const header = srcToken.props.reduce((sum, prop) => sum + ('source' in prop ? prop.source.length : 0), 0);
    return { style: blockStyle(srcToken), extent: { start, end }, index: index + header, isBlock: true };
  }
  return { style: inFlow ? 'plain-in-flow' : 'plain', extent: { start, end }, index, isBlock: false };
}
