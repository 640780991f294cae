import { Layer } from '../layer.ts';

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const CONTROL: Readonly<Record<string, number>> = { b: 0x08, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09 };

/** What stands for `text` between the quotes of a JSON string. Non-ASCII characters stand for themselves. */
export function escapeJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/**
 * The text of a JSON string that stands between `start` and `end` (its quotes excluded) of the layer `below`. The
 * string must be whole, as {@link scanJson} tells them.
 */
export function jsonLayer(below: Layer, start: number, end: number): Layer {
  const raw = below.bytes.subarray(start, end);
  // Half of a pair of surrogates that stands alone comes out as U+FFFD: a key never holds one, so that's good to search.
  const encoding = below.parent === null ? null : 'json';
  if (!raw.includes(BACKSLASH)) return new Layer(raw, below, { offsets: start, write: escapeJson }, encoding);

  // No escape is shorter than the UTF-8 of what it stands for.
  const bytes = Buffer.allocUnsafe(raw.length);
  const offsets = new Uint32Array(raw.length + 1);
  let length = 0;
  for (let at = 0; at < raw.length; ) {
    offsets[length] = start + at;
    const byte = raw[at] ?? 0;
    if (byte !== BACKSLASH) {
      bytes[length++] = byte;
      at++;
      continue;
    }
    const found = escapeAt(raw, at);
    const written = bytes.write(found.text, length);
    offsets.fill(start + at, length, length + written);
    length += written;
    at += found.length;
  }
  offsets[length] = end;
  return new Layer(
    bytes.subarray(0, length),
    below,
    { offsets: offsets.subarray(0, length + 1), write: escapeJson },
    encoding,
  );
}

/** The escape that begins at a backslash; both halves of a pair of surrogates count as one. */
function escapeAt(raw: Buffer, at: number): { readonly text: string; readonly length: number } {
  if (raw[at + 1] !== LETTER_U) {
    const letter = String.fromCharCode(raw[at + 1] ?? 0);
    return { text: letter in CONTROL ? String.fromCharCode(CONTROL[letter] ?? 0) : letter, length: 2 };
  }
  const unit = codeUnit(raw, at);
  const isHigh = unit >= 0xd800 && unit <= 0xdbff;
  if (isHigh && raw[at + 6] === BACKSLASH && raw[at + 7] === LETTER_U) {
    const low = codeUnit(raw, at + 6);
    if (low >= 0xdc00 && low <= 0xdfff) return { text: String.fromCharCode(unit, low), length: 12 };
  }
  return { text: String.fromCharCode(unit), length: 6 };
}

function codeUnit(raw: Buffer, at: number): number {
  return Number.parseInt(raw.toString('latin1', at + 2, at + 6), 16);
}
