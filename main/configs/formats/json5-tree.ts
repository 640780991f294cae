import { type AnyNode, type Location, parse, tokenize } from '@humanwhocodes/momoa';
import { DocumentText } from './document-text.ts';
import { BrokenDocument } from './format.ts';
import { isWholeJson5, json5Style } from './json5-strings.ts';
import type { TreeNode } from './tree-tables.ts';

/** What a bare name begins with; `momoa` also takes a joiner, and `.5` for `Infinity`. */
const BARE_NAME = /[$_\p{L}\p{Nl}\\]/u;

/**
 * Reads a document with `momoa`, which tells where its values stand. It takes some that JSON5 does not know, which are
 * refused here, and refuses some that JSON5 knows: `-.5`, names with characters beyond the BMP, bare `true`, `false` and
 * `null` as names.
 * @returns `root` is null for a document that holds nothing but blanks and comments.
 * @throws {BrokenDocument}; RangeError for a document that is too deep.
 */
export function readJson5Tree(bytes: Buffer): { readonly root: TreeNode | null; readonly comments: readonly number[] } {
  const document = new DocumentText(bytes);
  try {
    // Without a line break at its end, `momoa` looks for ever for the end of a string behind a last backslash.
    const text = `${document.text}\n`;
    const comments = commentsOf(document, text);
    const withoutComments = blanked(text, comments);
    const isBlank = withoutComments.trim() === '';
    const tree = new Json5Tree(bytes, document, text);
    return {
      root: isBlank ? null : tree.value(parse(withoutComments, { mode: 'json5' }).body),
      comments: comments.map((index) => document.byteAt(index)),
    };
  } catch (error) {
    // Its errors quote the document.
    if (!(error instanceof Error && 'offset' in error && typeof error.offset === 'number')) throw error;
    if (error instanceof BrokenDocument) throw error;
    if (error.message.startsWith('Unexpected end')) throw broken('it ends too early', document, document.text.length);
    throw broken('something stands there that is not expected in JSON5', document, error.offset);
  }
}

/** Start and end of each comment. */
function commentsOf(document: DocumentText, text: string): number[] {
  const comments = tokenize(text, { mode: 'json5' }).filter(({ type }) => type.endsWith('Comment'));
  return comments.flatMap(({ type, loc: { start, end } }) => {
    // To `momoa`, a line comment ends with its line, to JSON5 there too.
    const separator = text.slice(start.offset, end.offset).search(/[\u2028\u2029]/);
    if (type === 'LineComment' && separator >= 0) {
      throw broken('a comment holds a line break of Unicode', document, start.offset + separator);
    }
    return [start.offset, end.offset];
  });
}

/** The same with blanks for comments: `momoa` takes each one in a row of them for a level of depth. */
function blanked(text: string, comments: readonly number[]): string {
  const parts: string[] = [];
  let at = 0;
  for (let index = 0; index < comments.length; index += 2) {
    const [start = 0, end = 0] = comments.slice(index, index + 2);
    parts.push(text.slice(at, start), ' '.repeat(end - start));
    at = end;
  }
  return [...parts, text.slice(at)].join('');
}

function broken(why: string, document: DocumentText, index: number): BrokenDocument {
  return new BrokenDocument(why, document.byteAt(Math.min(Math.max(index, 0), document.text.length)));
}

class Json5Tree {
  readonly #bytes: Buffer;
  readonly #document: DocumentText;
  readonly #text: string;

  constructor(bytes: Buffer, document: DocumentText, text: string) {
    this.#bytes = bytes;
    this.#document = document;
    this.#text = text;
  }

  value(node: AnyNode): TreeNode {
    const start = this.#document.byteAt(node.loc.start.offset);
    const end = this.#document.byteAt(node.loc.end.offset);
    if (node.type === 'String') return this.#string(node.value, node.loc);
    if (node.type === 'Array') {
      return { kind: 'list', start, end, items: node.elements.map(({ value }) => this.value(value)) };
    }
    if (node.type !== 'Object') return { kind: 'other', start, end };
    const members = node.members.map(({ name, value }) => ({
      name: name.type === 'Identifier' ? this.#bareName(name.name, name.loc) : this.#string(name.value, name.loc).value,
      value: this.value(value),
    }));
    return { kind: 'object', start, end, members };
  }

  #string(value: string, loc: { readonly start: Location; readonly end: Location }) {
    const start = this.#document.byteAt(loc.start.offset) + 1;
    const end = this.#document.byteAt(loc.end.offset) - 1;
    const style = json5Style(this.#text.charAt(loc.start.offset));
    if (!isWholeJson5(this.#bytes, { start, end, style })) {
      throw new BrokenDocument('a string holds a line break or an escape that JSON5 does not know', start);
    }
    return { kind: 'text', start, end, style, value } as const;
  }

  #bareName(name: string, loc: { readonly start: Location }): string {
    if (BARE_NAME.test(this.#text.charAt(loc.start.offset))) return name;
    throw broken('something stands there that is no name', this.#document, loc.start.offset);
  }
}
