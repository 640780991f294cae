import { brotliDecompressSync, constants, inflateRawSync, inflateSync, type ZlibOptions } from 'node:zlib';

/** One way in which a secret can be written, and what stands there when it is undone. */
export interface Decoding {
  readonly name: string;
  /** Every text that the bytes can be in this encoding; none where nothing looks like it. */
  readonly decode: (bytes: Buffer) => readonly Buffer[];
}

/** Characters that are kept together: a shorter run can't hold a part of a secret that counts. */
const SHORTEST = 12;
/** Past this a compressed body is a trap. */
const MOST_DECOMPRESSED = 64_000_000;
/** Bytes to each side of an escape that are looked at together with it; keys are shorter, also when all of it is escaped. */
const AROUND = 600;
const GAP = Buffer.from([0x01]);
const HEAD_END = Buffer.from('\r\n\r\n');

export const decodings: readonly Decoding[] = [
  escapes('percent-encoded', /%([0-9a-f]{2})/gi, (_, hex) => fromCode(Number.parseInt(hex, 16))),
  escapes('JSON-escaped', /\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["\\/]))/gi, (_, long, short, itself) =>
    itself === undefined ? fromCode(Number.parseInt(long ?? short, 16)) : itself,
  ),
  escapes('HTML entities', /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (_, hex, decimal, name) =>
    name === undefined ? fromCode(hex ? Number.parseInt(hex, 16) : Number(decimal)) : (ENTITIES[name] ?? ''),
  ),
  { name: 'UTF-16', decode: utf16 },
  written('base64', /[A-Za-z0-9+/_-]{16,}/g, 4, (text) => Buffer.from(text, 'base64')),
  written('hex', /[0-9a-f]{24,}/gi, 2, (text) => Buffer.from(text, 'hex')),
  written('hex with gaps', /(?:(?:0x|\\x|%)?[0-9a-f]{2}[ :,]{1,2}){11,}(?:0x|\\x)?[0-9a-f]{2}/gi, 1, (text) =>
    Buffer.from(text.replace(/0x|[^0-9a-f]/gi, ''), 'hex'),
  ),
  written('decimal bytes', /(?:\d{1,3},\s*){11,}\d{1,3}/g, 1, (text) => Buffer.from(text.split(',').map(Number))),
  compressed('gzip', [Buffer.from([0x1f, 0x8b, 0x08])], (bytes, how) =>
    inflateRawSync(bytes.subarray(gzipHead(bytes)), how),
  ),
  compressed(
    'zlib',
    [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level])),
    inflateSync,
  ),
  { name: 'deflate', decode: (bytes) => bodies(bytes).flatMap((body) => tried(() => inflateRawSync(body, PARTLY))) },
  {
    name: 'brotli',
    decode: (bytes) => bodies(bytes).flatMap((body) => tried(() => brotliDecompressSync(body, BROTLI))),
  },
];

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const WHOLE = { maxOutputLength: MOST_DECOMPRESSED };
const PARTLY = { maxOutputLength: MOST_DECOMPRESSED, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI = { maxOutputLength: MOST_DECOMPRESSED, finishFlush: constants.BROTLI_OPERATION_FLUSH };

function fromCode(code: number): string {
  return code < 0x100 ? String.fromCharCode(code) : ' ';
}

/** Escapes in a text, undone, with what stands around them: no part of a secret that counts is longer. */
function escapes(name: string, pattern: RegExp, undo: (match: string, ...groups: string[]) => string): Decoding {
  return {
    name,
    decode(bytes) {
      const text = bytes.toString('latin1');
      const pieces: { from: number; to: number }[] = [];
      for (const { index } of text.matchAll(pattern)) {
        const last = pieces.at(-1);
        if (last && index - AROUND <= last.to) last.to = index + AROUND;
        else pieces.push({ from: Math.max(0, index - AROUND), to: index + AROUND });
      }
      const undone = pieces.map(({ from, to }) => text.slice(from, to).replace(pattern, undo));
      return undone.length === 0 ? [] : [Buffer.from(undone.join('\x01'), 'latin1')];
    },
  };
}

/** Both orders of bytes, wherever it begins: a character of a key has one byte that is not 0. */
function utf16(bytes: Buffer): Buffer[] {
  if (!bytes.includes(0)) return [];
  const rest = Buffer.alloc(bytes.length);
  let length = 0;
  for (const byte of bytes) if (byte !== 0) rest[length++] = byte;
  return [printable(rest.subarray(0, length))].filter(({ length }) => length > 0);
}

/** Bytes that were written down in characters. @param alignment characters that belong together. */
function written(name: string, pattern: RegExp, alignment: number, read: (text: string) => Buffer): Decoding {
  return {
    name,
    decode(bytes) {
      const found = bytes.toString('latin1').match(pattern) ?? [];
      return Array.from({ length: alignment }, (_, skipped) =>
        Buffer.concat(found.map((text) => worthwhile(read(text.slice(skipped))))),
      ).filter(({ length }) => length > 0);
    },
  };
}

/** What decoded to no text is left out, unless it is compressed: nearly all long words of a file would be kept. */
function worthwhile(decoded: Buffer): Buffer {
  const isCompressed = (decoded[0] === 0x1f && decoded[1] === 0x8b) || decoded[0] === 0x78;
  return isCompressed ? Buffer.concat([decoded, Buffer.alloc(SHORTEST)]) : printable(decoded);
}

/** The runs of characters in it, each at least as long as a part of a secret that counts. */
function printable(bytes: Buffer): Buffer {
  const runs: Buffer[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && isCharacter(bytes[at] as number)) continue; // below the length
    // With what ends it, so that two runs don't become one.
    if (at - from >= SHORTEST) runs.push(bytes.subarray(from, at), GAP);
    from = at + 1;
  }
  return Buffer.concat(runs);
}

/** NUL too: every second byte of UTF-16. */
function isCharacter(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function compressed(
  name: string,
  magics: readonly Buffer[],
  open: (bytes: Buffer, options: ZlibOptions) => Buffer,
): Decoding {
  // Whole with something behind it, and cut off: zlib takes only one of the two at a time.
  const opened = (bytes: Buffer): Buffer[] => [WHOLE, PARTLY].flatMap((how) => tried(() => open(bytes, how)));
  return {
    name,
    decode: (bytes) =>
      magics.flatMap((magic) => places(bytes, magic).flatMap((at) => opened(bytes.subarray(at)).slice(0, 1))),
  };
}

/** Length of the head of RFC 1952: Node's own gunzip takes nothing behind the end for what it is. */
function gzipHead(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let length = 10;
  if (flags & 0x04) length += 2 + bytes.readUInt16LE(length);
  for (const text of [0x08, 0x10]) if (flags & text) length = bytes.indexOf(0, length) + 1;
  return flags & 0x02 ? length + 2 : length;
}

/** The bytes from the beginning, and from behind the head of each message of HTTP in them. */
function bodies(bytes: Buffer): Buffer[] {
  return [bytes, ...places(bytes, HEAD_END).map((at) => bytes.subarray(at + HEAD_END.length))];
}

function places(bytes: Buffer, what: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(what); at !== -1; at = bytes.indexOf(what, at + 1)) found.push(at);
  return found;
}

/** Most of what looks compressed isn't. */
function tried(open: () => Buffer): Buffer[] {
  try {
    return [open()].filter(({ length }) => length > 0);
  } catch {
    return [];
  }
}
