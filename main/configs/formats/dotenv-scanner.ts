import { BrokenDocument } from './format.ts';

export type DotenvStyle = 'plain' | 'single' | 'double' | 'backtick';

/** One line (or more, where a value in quotes goes on) that gives a value to a variable. Offsets are bytes of the file. */
export interface Assignment {
  readonly name: string;
  /** The whole of it, without the blanks before and the comment and the line's end after it. */
  readonly start: number;
  readonly end: number;
  /** What stands between its quotes, where it has any. */
  readonly value: { readonly start: number; readonly end: number; readonly style: DotenvStyle };
}

interface DotenvScan {
  readonly assignments: readonly Assignment[];
  /** Start and end of each comment, one after the other. */
  readonly comments: readonly number[];
}

/** Far more than such a file has. */
const MOST_BYTES = 2_000_000;

// All of these read the file as Latin-1, so that indexes are bytes.
const COMMENT_OR_BLANK = /[ \t]*(#[^\r\n]*)?(?=\r?\n|$)/y;
const NAME_AND_EQUALS = /[ \t]*((?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*)/y;
const END_OF_VALUE = /(?:[ \t]+(#[^\r\n]*)|[ \t]*)(?=\r?\n|$)/y;
const REST_OF_LINE = /[^\r\n]*/y;
const LINE_END = /\r?\n/y;

const QUOTES: ReadonlyMap<string, Exclude<DotenvStyle, 'plain'>> = new Map([
  ['"', 'double'],
  ["'", 'single'],
  ['`', 'backtick'],
]);

/**
 * Goes once through an `.env` file. There is no one grammar for these files: a shell, npm's `dotenv`, `python-dotenv` and
 * `godotenv` read most of them alike. A line of which they disagree where its value is (`K=a#b`, `K="a"b`, `K: a`) is
 * passed over, and a file of which they disagree where a value in quotes ends is refused.
 *
 * @throws {BrokenDocument}
 */
export function scanDotenv(bytes: Buffer): DotenvScan {
  if (bytes.length > MOST_BYTES)
    throw new BrokenDocument('it has more than 2 MB, which is too much for this format', 0);
  const source = bytes.toString('latin1');
  const lone = source.search(/\r(?!\n)/);
  if (lone >= 0) throw new BrokenDocument('a line ends here in a way that readers of .env files differ on', lone);
  const scan = new Scan(source);
  scan.file();
  return scan;
}

class Scan implements DotenvScan {
  readonly assignments: Assignment[] = [];
  readonly comments: number[] = [];
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  file(): void {
    if (this.#source.startsWith('\xef\xbb\xbf')) this.#at = 3;
    while (this.#at < this.#source.length) {
      const nothing = this.#match(COMMENT_OR_BLANK);
      if (nothing) this.#comment(nothing[1]);
      else if (!this.#assignment()) this.#passOver();
      this.#match(LINE_END);
    }
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found) this.#at = pattern.lastIndex;
    return found;
  }

  #comment(found: string | undefined): void {
    if (found !== undefined) this.comments.push(this.#at - found.length, this.#at);
  }

  #assignment(): boolean {
    const begin = this.#match(NAME_AND_EQUALS);
    if (!begin) return false;
    const start = this.#at - (begin[1]?.length ?? 0);
    const style = QUOTES.get(this.#source.charAt(this.#at));
    const value = style ? this.#quoted(style) : this.#plain();
    const end = this.#at;
    const rest = value && this.#match(END_OF_VALUE);
    if (!rest) return false;
    this.#comment(rest[1]);
    this.assignments.push({ name: begin[2] ?? '', start, end, value });
    return true;
  }

  /** Null where a `#` stands that begins a comment to some readers and not to others. */
  #plain(): Assignment['value'] | null {
    const start = this.#at;
    const line = this.#match(REST_OF_LINE)?.[0] ?? '';
    const hash = line.indexOf('#');
    if (hash === 0 || (hash > 0 && !' \t'.includes(line.charAt(hash - 1)))) return null;
    this.#at = start + (hash < 0 ? line : line.slice(0, hash)).replace(/[ \t]+$/, '').length;
    return { start, end: this.#at, style: 'plain' };
  }

  /** Up to the closing quote, which must be the same one for all readers. */
  #quoted(style: Exclude<DotenvStyle, 'plain'>): Assignment['value'] {
    const quote = this.#source.charAt(this.#at);
    const start = this.#at + 1;
    for (let end = this.#source.indexOf(quote, start); end >= 0; end = this.#source.indexOf(quote, end + 1)) {
      const backslashes = this.#backslashesBefore(end, start);
      if (backslashes === 0) {
        this.#at = end + 1;
        return { start, end, style };
      }
      if (style !== 'double' || backslashes % 2 === 0) {
        throw new BrokenDocument('a backslash stands before a quote where readers of .env files differ on it', end);
      }
    }
    throw new BrokenDocument('a value in quotes is not closed', start - 1);
  }

  #backslashesBefore(end: number, start: number): number {
    let at = end;
    while (at > start && this.#source[at - 1] === '\\') at--;
    return end - at;
  }

  /** The rest of a line that not all readers take for an assignment. A quote in it may begin a text of several lines. */
  #passOver(): void {
    const start = this.#at;
    const line = this.#match(REST_OF_LINE)?.[0] ?? '';
    for (const quote of QUOTES.keys()) {
      if (line.split(quote).length % 2 === 0) {
        throw new BrokenDocument('a quote stands here that readers of .env files differ on', start);
      }
    }
  }
}
