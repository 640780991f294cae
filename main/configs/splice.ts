import type { Piece } from './extent.ts';

/** The bytes with each piece in its place. @param pieces in the order of the file, none over another. */
export function splice(bytes: Buffer, pieces: readonly Piece[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, text } of pieces) {
    parts.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...parts, bytes.subarray(at)]);
}

/** Whether a document is the old one with each piece in its place, and no other byte is different. */
export function isSpliced(before: Buffer, after: Buffer, pieces: readonly Piece[]): boolean {
  let [was, is] = [0, 0];
  for (const { start, end, text } of [...pieces, { start: before.length, end: before.length, text: '' }]) {
    const length = start - was;
    if (before.compare(after, is, is + length, was, start) !== 0) return false;
    if (after.toString('utf8', is + length, is + length + Buffer.byteLength(text)) !== text) return false;
    was = end;
    is += length + Buffer.byteLength(text);
  }
  return is === after.length;
}
