import type { Extent } from './extent.ts';
import { Layer } from './layer.ts';

const SPACES = new Set(Buffer.from(' \t\r\n'));
const SINGLE = 0x27;
const DOUBLE = 0x22;
const BACKSLASH = 0x5c;
/** What a backslash takes the meaning of between double quotes (POSIX shell, 2.2.3). */
const ESCAPABLE_IN_DOUBLE = new Set(Buffer.from('"\\$`'));
const NEEDS_NO_QUOTES = /^[A-Za-z0-9_\-.,:/@%+=]*$/;

type Quote = 'none' | 'single' | 'double';

/**
 * The words of a command line in one string, as a POSIX shell takes it apart; none when a quote is not closed.
 * Variables and commands in it stay as they are written.
 */
export function commandLineWords(line: Layer): Layer[] {
  const { bytes } = line;
  const words: Layer[] = [];
  let word = new Word();
  let quote: Quote = 'none';
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (quote === 'none' && SPACES.has(byte)) {
      if (word.begun) words.push(word.layer(line));
      word = new Word();
    } else if (quote !== 'double' && byte === SINGLE) {
      quote = quote === 'single' ? 'none' : 'single';
      word.begun = true;
    } else if (quote !== 'single' && byte === DOUBLE) {
      quote = quote === 'double' ? 'none' : 'double';
      word.begun = true;
    } else {
      const isEscape =
        byte === BACKSLASH &&
        at + 1 < bytes.length &&
        (quote === 'none' || (quote === 'double' && ESCAPABLE_IN_DOUBLE.has(bytes[at + 1] ?? 0)));
      const length = isEscape ? 2 : 1;
      word.add(bytes[at + length - 1] ?? 0, { start: at, end: at + length }, quote);
      at += length - 1;
    }
  }
  if (quote !== 'none') return [];
  if (word.begun) words.push(word.layer(line));
  return words;
}

class Word {
  begun = false;
  readonly #bytes: number[] = [];
  readonly #written: Extent[] = [];
  readonly #quotes: Quote[] = [];

  add(byte: number, written: Extent, quote: Quote): void {
    this.begun = true;
    this.#bytes.push(byte);
    this.#written.push(written);
    this.#quotes.push(quote);
  }

  layer(line: Layer): Layer {
    const offsets = Uint32Array.from(this.#written, ({ start }) => start);
    // A quote that closes belongs to no byte: it stays when what stands before it is replaced.
    const ends = Uint32Array.from(this.#written, ({ end }) => end);
    const write = (text: string, at: number): string => quoted(text, this.#quotes[at] ?? 'none');
    return new Layer(Buffer.from(this.#bytes), line, { offsets, ends, write }, 'command-line');
  }
}

function quoted(text: string, quote: Quote): string {
  if (quote === 'double') return text.replace(/["\\$`]/g, '\\$&');
  const inSingle = text.replaceAll("'", `'\\''`);
  return quote === 'single' || NEEDS_NO_QUOTES.test(text) ? inSingle : `'${inSingle}'`;
}
