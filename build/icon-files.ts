/** A square picture, as the bytes of a PNG file. */
export interface Png {
  /** Width and height, in pixels. */
  readonly size: number;
  readonly bytes: Buffer;
}

/** Apple's names for PNGs in an icns file, by size in pixels; most sizes serve twice, as 2x of the half. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * The sizes that a macOS icon holds.
 *
 * @see https://developer.apple.com/library/archive/documentation/GraphicsAnimation/Conceptual/HighResolutionOSX/Optimizing/Optimizing.html
 */
export const ICNS_SIZES = Object.keys(ICNS_TYPES).map(Number);

/** A macOS icon: a header, and each picture behind its type and length. */
export function icns(pictures: readonly Png[]): Buffer {
  const blocks = pictures.flatMap(({ size, bytes }) => {
    const types = ICNS_TYPES[size];
    if (!types) throw new Error(`A macOS icon holds no picture of ${size} pixels.`);
    return types.map((type) => block(type, bytes));
  });
  return block('icns', Buffer.concat(blocks));
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + content.length, 4);
  return Buffer.concat([head, content]);
}

const ICO_HEADER_BYTES = 6;
const ICO_ENTRY_BYTES = 16;

/**
 * A Windows icon: a header, an entry for each picture, then the pictures, as PNGs up to 256 pixels.
 *
 * @see https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 */
export function ico(pictures: readonly Png[]): Buffer {
  const header = Buffer.alloc(ICO_HEADER_BYTES);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = ICO_HEADER_BYTES + pictures.length * ICO_ENTRY_BYTES;
  const entries = pictures.map(({ size, bytes }) => {
    if (size > 256) throw new Error(`A Windows icon holds no picture of ${size} pixels.`);
    const entry = Buffer.alloc(ICO_ENTRY_BYTES);
    // 0 stands for 256.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(bytes.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += bytes.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ bytes }) => bytes)]);
}
