/**
 * A font in which each character is the same box, and a space is none: pages drawn with it are the same on every machine,
 * whatever fonts that has.
 * @see https://learn.microsoft.com/en-us/typography/opentype/spec/otff the tables below, in this order
 */
export function boxFont(): Buffer {
  const glyphs = [Buffer.alloc(0), Buffer.alloc(0), box()];
  const tables: Record<string, Buffer> = {
    'OS/2': os2(),
    cmap: cmap(),
    glyf: Buffer.concat(glyphs),
    head: head(),
    hhea: shorts(1, 0, ASCENT, DESCENT, 0, ADVANCE, 0, 0, BOX.right, 1, 0, 0, 0, 0, 0, 0, 0, glyphs.length),
    hmtx: shorts(...glyphs.flatMap((glyph) => [ADVANCE, glyph.length > 0 ? BOX.left : 0])),
    loca: longs(0, 0, 0, box().length),
    // The most points and contours of a glyph, and no instructions.
    maxp: Buffer.concat([longs(0x00010000), shorts(glyphs.length, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]),
    name: shorts(0, 0, 6),
    post: Buffer.concat([longs(0x00030000, 0), shorts(-100, 50), longs(0, 0, 0, 0, 0)]),
  };
  return file(tables);
}

const UNITS_PER_EM = 1_000;
const ASCENT = 800;
const DESCENT = -200;
const ADVANCE = 520;
const BOX = { left: 60, right: 460, bottom: 0, top: 560 };
const SPACE = 1;
const FILLED = 2;

const shorts = (...values: readonly number[]): Buffer =>
  Buffer.concat(values.map((value) => Buffer.from([(value >> 8) & 0xff, value & 0xff])));
const longs = (...values: readonly number[]): Buffer => shorts(...values.flatMap((value) => [value >>> 16, value]));

/** One contour of four points on the curve; each step from one to the next in two bytes. */
function box(): Buffer {
  const { left, right, bottom, top } = BOX;
  const onCurve = Buffer.from([1, 1, 1, 1]);
  const x = shorts(left, 0, right - left, 0);
  const y = shorts(bottom, top - bottom, 0, bottom - top);
  return Buffer.concat([shorts(1, left, bottom, right, top, 3, 0), onCurve, x, y]);
}

/** Format 13: each range of characters is one glyph. */
function cmap(): Buffer {
  const ranges = [
    [0x00, 0x20, SPACE],
    [0x21, 0x9f, FILLED],
    [0xa0, 0xa0, SPACE],
    [0xa1, 0x10ffff, FILLED],
  ] as const;
  const subtable = Buffer.concat([
    shorts(13, 0),
    longs(16 + 12 * ranges.length, 0, ranges.length),
    longs(...ranges.flat()),
  ]);
  return Buffer.concat([shorts(0, 1, 3, 10), longs(12), subtable]);
}

function head(): Buffer {
  return Buffer.concat([
    longs(0x00010000, 0x00010000, 0, 0x5f0f3cf5),
    shorts(0, UNITS_PER_EM),
    longs(0, 0, 0, 0),
    shorts(0, DESCENT, BOX.right, ASCENT, 0, 8, 2, 1, 0),
  ]);
}

function os2(): Buffer {
  const sizes = shorts(4, ADVANCE, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 480, 50, 260, 0);
  const panose = Buffer.alloc(10);
  const rest = Buffer.concat([
    longs(0, 0, 0, 0),
    Buffer.from('TEST'),
    shorts(0x40, 0x20, 0xffff, ASCENT, DESCENT, 0, ASCENT, -DESCENT),
    longs(0, 0),
    shorts(BOX.top, BOX.top, 0, 0x20, 1),
  ]);
  return Buffer.concat([sizes, panose, rest]);
}

/** The directory of the tables, and the tables, each from a multiple of four bytes on. */
function file(tables: Readonly<Record<string, Buffer>>): Buffer {
  const entries = Object.entries(tables);
  let offset = 12 + 16 * entries.length;
  const directory: Buffer[] = [];
  const bodies: Buffer[] = [];
  for (const [tag, table] of entries) {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    directory.push(Buffer.from(tag), longs(checksum(padded), offset, table.length));
    bodies.push(padded);
    offset += padded.length;
  }
  const power = Math.floor(Math.log2(entries.length));
  const header = [16 * 2 ** power, power, 16 * (entries.length - 2 ** power)];
  return Buffer.concat([longs(0x00010000), shorts(entries.length, ...header), ...directory, ...bodies]);
}

function checksum(table: Buffer): number {
  let sum = 0;
  for (let at = 0; at < table.length; at += 4) sum = (sum + table.readUInt32BE(at)) >>> 0;
  return sum;
}
