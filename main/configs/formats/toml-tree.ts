import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';
import type { Extent } from '../extent.ts';
import { DocumentText } from './document-text.ts';
import { BrokenDocument } from './format.ts';
import type { TomlStyle } from './toml-strings.ts';
import type { TreeList, TreeNode, TreeObject } from './tree-tables.ts';

/** TOML ends lines with LF or CRLF; `toml-eslint-parser` takes a bare CR too, within comments and texts as well. */
const BARE_RETURN = /\r(?!\n)/;

/** A table, wherever in the file its parts stand. */
class Table implements TreeObject {
  readonly kind = 'object';
  start: number;
  end: number;
  readonly members: { readonly name: string; readonly value: TreeNode }[] = [];
  readonly #byName = new Map<string | number, TreeNode>();

  constructor({ start, end }: Extent) {
    this.start = start;
    this.end = end;
  }

  get(name: string | number): TreeNode | undefined {
    return this.#byName.get(name);
  }

  put(name: string | number, value: TreeNode): void {
    this.#byName.set(name, value);
    this.members.push({ name: String(name), value });
  }
}

/** The tables that follow each other under the same name. */
class List implements TreeList {
  readonly kind = 'list';
  start: number;
  end: number;
  readonly items: TreeNode[] = [];

  constructor({ start, end }: Extent) {
    this.start = start;
    this.end = end;
  }

  get(index: string | number): TreeNode | undefined {
    return this.items[Number(index)];
  }

  put(_index: string | number, value: TreeNode): void {
    this.items.push(value);
  }
}

/**
 * Reads a document with `toml-eslint-parser`, which tells where its values stand (TOML 1.1, so that of 1.0 too).
 * @throws {BrokenDocument}; RangeError for a document that is too deep.
 */
export function readTomlTree(bytes: Buffer): { readonly root: TreeNode; readonly comments: readonly number[] } {
  const document = new DocumentText(bytes);
  const bare = document.text.search(BARE_RETURN);
  if (bare >= 0) throw new BrokenDocument('a line ends in a bare carriage return', document.byteAt(bare));
  const program = parsed(document);
  const tree = new TomlTree(document);
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLTable') tree.addTable(node);
    else tree.addValue(tree.root, node);
  }
  return {
    root: tree.root,
    comments: program.comments.flatMap(({ range }) => range.map((index) => document.byteAt(index))),
  };
}

function parsed(document: DocumentText): AST.TOMLProgram {
  try {
    return parseTOML(document.text, { tomlVersion: '1.1' });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    // The only one of its sentences that quotes the document.
    const sentence = error.message.replace(/^Invalid code point.*/s, 'Invalid code point');
    throw new BrokenDocument(sentence.charAt(0).toLowerCase() + sentence.slice(1), document.byteAt(error.index));
  }
}

class TomlTree {
  readonly root: Table;
  readonly #document: DocumentText;

  constructor(document: DocumentText) {
    this.#document = document;
    this.root = new Table({ start: document.byteAt(0), end: document.byteAt(document.text.length) });
  }

  /** `[a.b]` or `[[a.b]]`, with what stands below it. */
  addTable(node: AST.TOMLTable): void {
    const table = this.#reach(this.root, node.resolvedKey, node);
    for (const member of node.body) this.addValue(table, member);
  }

  /** `a.b = 1`. */
  addValue(table: Table | List, node: AST.TOMLKeyValue): void {
    const names = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
    const holder = this.#reach(table, names.slice(0, -1), node);
    const name = names.at(-1) ?? '';
    if (holder.get(name)) throw this.#givenTwice(node);
    holder.put(name, this.#value(node.value));
  }

  /** The table at the end of a path. What is on the way and not there yet comes to be with it. */
  #reach(from: Table | List, path: readonly (string | number)[], node: AST.TOMLNode): Table | List {
    const extent = this.#extent(node);
    let at = from;
    for (const [index, key] of path.entries()) {
      let next = at.get(key);
      if (!next) {
        next = typeof path[index + 1] === 'number' ? new List(extent) : new Table(extent);
        at.put(key, next);
      }
      if (!(next instanceof Table || next instanceof List)) throw this.#givenTwice(node);
      next.start = Math.min(next.start, extent.start);
      next.end = Math.max(next.end, extent.end);
      at = next;
    }
    return at;
  }

  #value(node: AST.TOMLContentNode): TreeNode {
    const { start, end } = this.#extent(node);
    switch (node.type) {
      case 'TOMLArray':
        return { kind: 'list', start, end, items: node.elements.map((element) => this.#value(element)) };
      case 'TOMLInlineTable': {
        const table = new Table({ start, end });
        for (const member of node.body) this.addValue(table, member);
        return table;
      }
      case 'TOMLValue': {
        if (node.kind !== 'string') return { kind: 'other', start, end };
        const style: TomlStyle = node.multiline ? `multi-line ${node.style}` : node.style;
        const quotes = node.multiline ? 3 : 1;
        return { kind: 'text', start: start + quotes, end: end - quotes, style, value: node.value };
      }
    }
  }

  #extent({ range }: AST.TOMLNode): Extent {
    return { start: this.#document.byteAt(range[0]), end: this.#document.byteAt(range[1]) };
  }

  #givenTwice(node: AST.TOMLNode): BrokenDocument {
    return new BrokenDocument('a name is given twice', this.#extent(node).start);
  }
}
