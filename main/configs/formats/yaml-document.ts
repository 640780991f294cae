import { type Event, getScalarValue, parseEvents, YAMLException } from 'js-yaml';
import { Composer, type CST, type Document, Parser } from 'yaml';
import { BeyondReading, BrokenDocument } from './format.ts';
import type { TreeNode, TreeText } from './tree-tables.ts';
import { YamlTree } from './yaml-tree.ts';

// `yaml` prints every token of a file, keys too, where one of these is set. They are its own developers' only.
delete process.env.LOG_TOKENS;
delete process.env.LOG_STREAM;

/** What one YAML file holds. Offsets are bytes of the file. */
export interface ParsedYaml {
  /** Null for a file that holds nothing but blanks and comments. */
  readonly root: TreeNode | null;
  /** All texts that readers agree about, by their start. */
  readonly texts: ReadonlyMap<number, TreeText>;
  /** Start and end of each comment, one after the other. */
  readonly comments: readonly number[];
}

/** `yaml` takes some seconds and some hundred megabytes of memory for it. Settings are a thousandth of this. */
const LARGEST = 4_000_000;
/** Far more than anybody writes, and half of what `yaml` can read without running out of stack. */
const DEEPEST = 200;
/**
 * Line breaks that YAML 1.1 knows and 1.2 does not, or the other way around, and characters that must not be in a file:
 * what one reader takes for a comment or a text, another takes for the next line.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const UNCERTAIN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)/;
const BOM = '\ufeff';

/** The same bytes are read when they are searched, patched and compared: a patch of many keys reads them once. */
const parsed = new WeakMap<Buffer, ParsedYaml>();

/**
 * Reads a YAML file with two readers, and only what both take.
 * @throws {BrokenDocument} also for several documents in one file, which hosts don't read, for aliases that lead into
 *   themselves or stand for too much, and for line breaks that readers don't agree about.
 */
export function parseYaml(bytes: Buffer): ParsedYaml {
  const known = parsed.get(bytes);
  if (known) return known;
  if (bytes.length > LARGEST) throw new BeyondReading('it is longer than settings in YAML are', 0);
  const text = bytes.toString();
  const at = byteOffsets(text, bytes.length);
  const found = inBytes(at, () => parse(bytes, text, at));
  parsed.set(bytes, found);
  return found;
}

/** A fault at an index of the text, until it is told as an offset of the file. */
function inBytes<T>(at: (index: number) => number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BeyondReading) throw error;
    if (error instanceof BrokenDocument) throw new BrokenDocument(error.message, at(error.offset));
    throw error;
  }
}

function parse(bytes: Buffer, text: string, at: (index: number) => number): ParsedYaml {
  const uncertain = UNCERTAIN.exec(text.startsWith(BOM) ? ` ${text.slice(1)}` : text);
  if (uncertain) {
    throw new BrokenDocument('it holds a character that readers of YAML take for different things', uncertain.index);
  }
  const values = scalarValues(text);
  const tokens = [...new Parser().parse(text)];
  const comments = tokens.flatMap((token) => commentsIn(token));
  const document = onlyDocument(tokens, text.length);
  const tree = new YamlTree(bytes, at, values);
  const root = document?.contents ? tree.build(document.contents) : null;
  return { root, texts: tree.texts, comments: comments.map(at) };
}

/**
 * What js-yaml reads for each scalar, by the index at which its text begins. It is asked first, since it stops at a
 * bound of depth, while `yaml` takes quadratic time for a million brackets.
 */
function scalarValues(text: string): ReadonlyMap<number, string> {
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: DEEPEST });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const at = error.mark?.position ?? 0;
    if (error.reason.startsWith('nesting exceeded'))
      throw new BeyondReading('it is nested deeper than settings are', at);
    throw new BrokenDocument('the rules of YAML are broken here', at);
  }
  const values = new Map<number, string>();
  for (const event of events) {
    if ('valueStart' in event) values.set(event.valueStart, getScalarValue(text, event));
  }
  return values;
}

/** @returns null for a file with no document in it. */
function onlyDocument(tokens: readonly CST.Token[], length: number): Document.Parsed | null {
  const documents: Document.Parsed[] = [
    ...new Composer({ schema: 'failsafe', uniqueKeys: false, keepSourceTokens: true }).compose(tokens, true, length),
  ];
  const [first, second] = documents;
  for (const { errors } of documents) {
    const [error] = errors;
    if (error) throw new BrokenDocument('the rules of YAML are broken here', error.pos[0]);
  }
  if (second) throw new BrokenDocument('a second document begins here, which hosts do not read', second.range[0]);
  return first ?? null;
}

/** Start and end of each comment in a token. No deeper than {@link DEEPEST}. */
function commentsIn(token: CST.Token): number[] {
  const found: number[] = [];
  const look = (inner: CST.Token | null | undefined): void => {
    if (!inner) return;
    if (inner.type === 'comment') found.push(inner.offset, inner.offset + inner.source.length);
    const { start, props, items, value, end } = partsOf(inner);
    for (const one of [...start, ...props]) look(one);
    for (const item of items) {
      for (const one of item.start) look(one);
      look(item.key);
      for (const one of item.sep ?? []) look(one);
      look(item.value);
    }
    look(value);
    for (const one of end) look(one);
  };
  look(token);
  return found;
}

function partsOf(token: CST.Token) {
  const start = 'start' in token ? [token.start].flat() : [];
  const props = 'props' in token ? token.props : [];
  const items: readonly CST.CollectionItem[] = 'items' in token ? token.items : [];
  const value = 'value' in token ? token.value : undefined;
  const end = 'end' in token ? (token.end ?? []) : [];
  return { start, props, items, value, end };
}

/** From an index of the text, as parsers count, to the byte of the file. */
function byteOffsets(text: string, length: number): (index: number) => number {
  if (text.length === length) return (index) => index;
  const offsets = new Uint32Array(text.length + 1);
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    offsets[index] = bytes;
    const unit = text.charCodeAt(index);
    // Both halves of a pair of surrogates together are four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  offsets[text.length] = bytes;
  return (index) => offsets[Math.min(index, text.length)] ?? length;
}
