import { isUtf8 } from 'node:buffer';
import { commandLineWords } from './command-line.ts';
import { BrokenDocument } from './formats/format.ts';
import { scanJson } from './formats/json-scanner.ts';
import { jsonLayer } from './formats/json-strings.ts';
import { Layer } from './layer.ts';
import { ConfigError } from './snapshot.ts';

const PERCENT = 0x25;
/** What ends a URL in running text: white space, quotes and angle brackets. */
const URL_END = new Set(Buffer.from(' \t\r\n"\'<>`'));
/** The literal behind `:-` or `-` in a reference. The bound keeps hostile text from costing quadratic time. */
const DEFAULT = /\$\{[A-Za-z_][A-Za-z0-9_]{0,200}:?-([^}]{1,4096})\}/g;
/** What a header of HTTP's basic authentication holds (RFC 7617): `Basic dXNlcjpwYXNzd29yZA==`. */
const BASIC = /(?<![A-Za-z])Basic +([A-Za-z0-9+/]{8,8192}={0,2})(?![A-Za-z0-9+/=])/gi;

/**
 * The layer and all that are written inside its text, innermost first: a key belongs to the innermost layer in which it
 * stands, since that one's reader is the last to decode it.
 * @param isCommandLine the text is a whole command line, which a shell or the host takes apart into words.
 */
export function* layersIn(layer: Layer, isCommandLine = false): Generator<Layer> {
  const inner = [
    ...(isCommandLine ? commandLineWords(layer) : []),
    ...jsonStrings(layer),
    ...defaults(layer),
    ...urls(layer),
    ...basicHeaders(layer),
  ];
  for (const one of inner) yield* layersIn(one);
  yield layer;
}

/** Strings of a JSON document that makes up the rest of the text: `{"apiKey":"K"}`, `--config={"apiKey":"K"}`. */
function jsonStrings(layer: Layer): Layer[] {
  const begin = layer.bytes.findIndex((byte) => byte === 0x7b || byte === 0x5b);
  if (begin < 0 || layer.encoding === 'percent') return [];
  const strings: Layer[] = [];
  const nothing = (): void => {};
  try {
    scanJson(layer.bytes.subarray(begin), {
      key: nothing,
      open: () => true,
      close: nothing,
      text: (start, end) => strings.push(jsonLayer(layer, begin + start, begin + end)),
      other: nothing,
      comment: nothing,
    });
  } catch (error) {
    if (error instanceof BrokenDocument) return [];
    throw error;
  }
  return strings;
}

/** User name and password of HTTP's basic authentication. */
function basicHeaders(layer: Layer): Layer[] {
  if (layer.encoding === 'base64') return [];
  return [...layer.bytes.toString('latin1').matchAll(BASIC)].flatMap((match) => {
    const written = match[1] ?? '';
    const start = match.index + match[0].length - written.length;
    const bytes = Buffer.from(written, 'base64');
    // What doesn't come out as it went in was no base64.
    const isPadded = written.endsWith('=') || written.length % 4 === 0;
    const write = (text: string): string => {
      const encoded = Buffer.from(text).toString('base64');
      return isPadded ? encoded : encoded.replace(/=+$/, '');
    };
    if (!isUtf8(bytes) || write(bytes.toString()) !== written) return [];
    const offsets = new Uint32Array(bytes.length + 1).fill(start);
    offsets[bytes.length] = start + written.length;
    return [new Layer(bytes, layer, { offsets, write, asOne: true }, 'base64')];
  });
}

/** The defaults of references, `${NAME:-default}`. */
function defaults(layer: Layer): Layer[] {
  // Latin-1, so that indexes are bytes.
  return [...layer.bytes.toString('latin1').matchAll(DEFAULT)].map((match) => {
    const end = match.index + match[0].length - 1;
    const start = end - (match[1]?.length ?? 0);
    return new Layer(layer.bytes.subarray(start, end), layer, { offsets: start, write: checkDefault }, layer.encoding);
  });
}

function checkDefault(text: string): string {
  if (!/[{}$\\]/.test(text)) return text;
  throw new ConfigError(
    'patch-refused',
    'The key stands as the default in a reference to a variable, and the new key holds a character that would end or change the reference. The file was not changed.',
    'Put the new key into this file by hand, or into the variable that the reference names.',
  );
}

/** URLs, from behind their scheme on, as their percent-decoding reader sees them. */
function urls(layer: Layer): Layer[] {
  if (layer.encoding === 'percent') return [];
  const found: Layer[] = [];
  for (let at = layer.bytes.indexOf('://'); at >= 0; ) {
    const start = at + 3;
    let end = start;
    while (end < layer.bytes.length && !URL_END.has(layer.bytes[end] ?? 0)) end++;
    found.push(percentLayer(layer, start, end));
    at = layer.bytes.indexOf('://', end);
  }
  return found;
}

function percentLayer(below: Layer, start: number, end: number): Layer {
  const raw = below.bytes.subarray(start, end);
  const bytes = Buffer.allocUnsafe(raw.length);
  const offsets = new Uint32Array(raw.length + 1);
  let length = 0;
  for (let at = 0; at < raw.length; length++) {
    offsets[length] = start + at;
    const hex = raw[at] === PERCENT ? raw.toString('latin1', at + 1, at + 3) : '';
    const encoded = /^[0-9a-fA-F]{2}$/.test(hex);
    bytes[length] = encoded ? Number.parseInt(hex, 16) : (raw[at] ?? 0);
    at += encoded ? 3 : 1;
  }
  offsets[length] = end;
  return new Layer(
    bytes.subarray(0, length),
    below,
    { offsets: offsets.subarray(0, length + 1), write: percentEncode },
    'percent',
  );
}

/** As `encodeURIComponent`, and the marks that it lets stand though they end a URL in running text. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/['()*!]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
