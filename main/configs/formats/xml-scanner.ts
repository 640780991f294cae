import { BrokenDocument } from './format.ts';
import { type XmlElement, XmlText } from './xml-element.ts';
import { checkReferences, type XmlStyle } from './xml-text.ts';

type OpenElement = { -readonly [K in keyof XmlElement]: XmlElement[K] } & {
  readonly content: (XmlElement | XmlText)[];
  /** The texts since the last tag, as they stand between comments and instructions. */
  pieces: XmlText[];
};

/** More than any config file has, and so few that nothing that goes through the tree runs out of stack. */
const DEEPEST = 1_000;

/** Its tree takes some hundred bytes of memory for each element. */
const MOST_BYTES = 10_000_000;

// All of these read the file as Latin-1, so that indexes are bytes.
const BLANKS = /[ \t\r\n]*/y;
const NAME = /[A-Za-z_:\x80-\xff][-A-Za-z0-9._:\x80-\xff]*/y;
const EQUALS = /[ \t\r\n]*=[ \t\r\n]*/y;
const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.0\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([Uu][Tt][Ff]-8)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>/y;
const DOCTYPE =
  /<!DOCTYPE[ \t\r\n]+([A-Za-z_:\x80-\xff][-A-Za-z0-9._:\x80-\xff]*)(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"<>]*"|'[^'<>]*'))[ \t\r\n]+(?:"[^"]*"|'[^']*'))?[ \t\r\n]*>/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML can't hold
const NO_CHARACTER = /[\0-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]/;
/** XML 1.0, fifth edition, 2.3. */
const WHOLE_NAME =
  /^[:A-Z_a-z\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{2ff}\u{370}-\u{37d}\u{37f}-\u{1fff}\u{200c}-\u{200d}\u{2070}-\u{218f}\u{2c00}-\u{2fef}\u{3001}-\u{d7ff}\u{f900}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{effff}][-.0-9:A-Z_a-z\u{b7}\u{c0}-\u{d6}\u{d8}-\u{f6}\u{f8}-\u{37d}\u{37f}-\u{1fff}\u{200c}-\u{200d}\u{203f}-\u{2040}\u{2070}-\u{218f}\u{2c00}-\u{2fef}\u{3001}-\u{d7ff}\u{f900}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{effff}]*$/u;

/**
 * Goes once through an XML 1.0 document and tells where its texts stand. What is not well-formed is refused, and so is
 * what could change the meaning of a text from elsewhere: declarations in a DOCTYPE, another version or encoding.
 *
 * @returns the root, null in a blank file, and start and end of each comment.
 * @throws {BrokenDocument}
 */
export function scanXml(bytes: Buffer): { root: XmlElement | null; comments: readonly number[] } {
  const scan = new Scan(bytes);
  return { root: scan.document(), comments: scan.comments };
}

class Scan {
  readonly comments: number[] = [];
  readonly #bytes: Buffer;
  readonly #source: string;
  readonly #open: OpenElement[] = [];
  #root: XmlElement | null = null;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#source = bytes.toString('latin1');
  }

  document(): XmlElement | null {
    if (this.#source.length > MOST_BYTES) this.#fail('it has more than 10 MB, which is too much for this format');
    const strange = NO_CHARACTER.exec(this.#source);
    if (strange) throw new BrokenDocument('a character stands here that XML does not allow', strange.index);
    if (this.#source.startsWith('\xef\xbb\xbf')) this.#at = 3;
    if (/^<\?xml[ \t\r\n?]/.test(this.#source.slice(this.#at, this.#at + 6))) this.#declaration();
    const begin = this.#at;
    while (this.#at < this.#source.length) this.#next();
    const open = this.#open.at(-1);
    if (open) throw new BrokenDocument('an element is not closed', open.start);
    if (this.#root === null && this.#source.slice(begin).trim() !== '') this.#fail('there is no element in it');
    return this.#root;
  }

  #fail(why: string, at = this.#at): never {
    throw new BrokenDocument(why, at);
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #startsWith(mark: string): boolean {
    return this.#source.startsWith(mark, this.#at);
  }

  /** Goes behind the next `mark`. @returns where the mark begins. */
  #skipTo(mark: string, why: string): number {
    const found = this.#source.indexOf(mark, this.#at);
    if (found < 0) this.#fail(why);
    this.#at = found + mark.length;
    return found;
  }

  #declaration(): void {
    if (!this.#match(DECLARATION))
      this.#fail('its first line declares another version or encoding than XML 1.0 in UTF-8');
  }

  #next(): void {
    if (!this.#startsWith('<')) this.#characters();
    else if (this.#startsWith('<!--')) this.#comment();
    else if (this.#startsWith('<?')) this.#instruction();
    else if (this.#startsWith('<![CDATA[')) this.#cdata();
    else if (this.#startsWith('</')) this.#endTag();
    else if (this.#startsWith('<!')) this.#doctype();
    else this.#startTag();
  }

  #characters(): void {
    const start = this.#at;
    const next = this.#source.indexOf('<', start);
    this.#at = next < 0 ? this.#source.length : next;
    const raw = this.#source.slice(start, this.#at);
    if (/^[ \t\r\n]*$/.test(raw)) return;
    const parent = this.#open.at(-1);
    if (!parent) this.#fail('text stands outside of the outermost element', start + raw.search(/[^ \t\r\n]/));
    const end = raw.indexOf(']]>');
    if (end >= 0) this.#fail('the end of a CDATA section stands here without a beginning', start + end);
    checkReferences(raw, start);
    parent.pieces.push(this.#text(start, this.#at, 'text'));
  }

  #cdata(): void {
    const start = this.#at + '<![CDATA['.length;
    const end = this.#skipTo(']]>', 'a CDATA section is not closed');
    const parent = this.#open.at(-1);
    if (!parent) this.#fail('text stands outside of the outermost element', start);
    const last = parent.pieces.at(-1);
    // Sections without anything between them are one text: `]]>` can't be written in one.
    const isNext = last?.style === 'cdata' && last.end + ']]><![CDATA['.length === start;
    if (isNext) parent.pieces.pop();
    parent.pieces.push(this.#text(isNext ? last.start : start, end, 'cdata'));
  }

  #text(start: number, end: number, style: XmlStyle): XmlText {
    return new XmlText(this.#bytes, start, end, style);
  }

  #comment(): void {
    const start = this.#at;
    this.#at += 4;
    const end = this.#skipTo('--', 'a comment is not closed');
    if (this.#source[this.#at] !== '>') this.#fail('a comment holds two hyphens', end);
    this.#at++;
    this.comments.push(start, this.#at);
  }

  #instruction(): void {
    const start = this.#at;
    this.#at += 2;
    const target = this.#name();
    if (target.toLowerCase() === 'xml') this.#fail('an XML declaration stands behind the beginning', start);
    if (!this.#startsWith('?>') && this.#match(BLANKS)?.[0] === '') this.#fail('a blank is missing here');
    this.#skipTo('?>', 'a processing instruction is not closed');
  }

  #doctype(): void {
    const start = this.#at;
    if (this.#open.length > 0 || this.#root) this.#fail('a declaration stands inside of the document');
    const found = this.#match(DOCTYPE);
    if (!found) this.#fail('its DOCTYPE holds declarations, or is not closed', start);
    this.#checkName(found[1] ?? '', start);
  }

  #name(): string {
    const start = this.#at;
    const name = this.#match(NAME)?.[0];
    if (name === undefined) this.#fail('a name is missing here');
    return this.#checkName(name, start);
  }

  /** @param name Latin-1. */
  #checkName(name: string, start: number): string {
    const decoded = Buffer.from(name, 'latin1').toString();
    if (!WHOLE_NAME.test(decoded)) this.#fail('a name holds a character that XML does not allow there', start);
    return decoded;
  }

  #startTag(): void {
    const start = this.#at++;
    if (this.#open.length === 0 && this.#root) this.#fail('a second outermost element begins here', start);
    if (this.#open.length >= DEEPEST)
      this.#fail(`elements stand more than ${DEEPEST} levels deep in one another`, start);
    const tag = this.#name();
    const attributes = this.#attributes(start);
    const element: OpenElement = { kind: 'element', tag, start, end: start, attributes, content: [], pieces: [] };
    const parent = this.#open.at(-1);
    if (parent) {
      endOfRun(parent);
      parent.content.push(element);
    } else {
      this.#root = element;
    }
    if (this.#source[this.#at] === '/') {
      this.#at += 2;
      element.end = this.#at;
    } else {
      this.#at++;
      this.#open.push(element);
    }
  }

  /** Up to the end of the tag, `>` or `/>`. */
  #attributes(tag: number): ReadonlyMap<string, XmlText> {
    const attributes = new Map<string, XmlText>();
    for (;;) {
      const blanks = this.#match(BLANKS)?.[0];
      if (this.#startsWith('>') || this.#startsWith('/>')) return attributes;
      if (this.#at >= this.#source.length) this.#fail('a tag is not closed', tag);
      if (blanks === '') this.#fail('a blank is missing here');
      const start = this.#at;
      const name = this.#name();
      if (attributes.has(name)) this.#fail('an attribute stands twice in one element', start);
      if (!this.#match(EQUALS)) this.#fail('an equals sign is missing here');
      attributes.set(name, this.#value());
    }
  }

  #value(): XmlText {
    const quote = this.#source[this.#at];
    if (quote !== '"' && quote !== "'") this.#fail('a value in quotes is missing here');
    const start = ++this.#at;
    const end = this.#skipTo(quote, 'a value is not closed');
    const raw = this.#source.slice(start, end);
    if (raw.includes('<')) this.#fail('a value is not closed, or holds an opening angle bracket', start);
    checkReferences(raw, start);
    return this.#text(start, end, quote === '"' ? 'double' : 'single');
  }

  #endTag(): void {
    const start = this.#at;
    const element = this.#open.pop();
    if (!element) this.#fail('an end tag stands here without a beginning', start);
    this.#at += 2;
    if (this.#name() !== element.tag) this.#fail('an end tag has another name than its element', start);
    this.#match(BLANKS);
    if (!this.#startsWith('>')) this.#fail('an end tag is not closed', start);
    this.#at++;
    endOfRun(element);
    element.end = this.#at;
  }
}

/**
 * The texts between two tags: a literal where it is one piece. Readers join the pieces that comments or sections leave
 * of a text, so that a key in one of several might be a part of a longer token: none of those can be changed.
 */
function endOfRun(element: OpenElement): void {
  const [first, second] = element.pieces;
  if (first && !second) element.content.push(first);
  element.pieces = [];
}
