import fc from 'fast-check';
import type { Change, Format } from '../../main/configs/formats/format.ts';
import type { JsonPath } from '../../main/configs/site.ts';

/** A format's own check, asked about whole texts. @param path of the one value that is meant to change from `x` to `y`. */
export function checkOf(format: Format, path: JsonPath) {
  const entry = { start: 0, end: 0 };
  const change: Change = { path, was: 'x', is: 'y', entryBefore: entry, entryAfter: entry, index: 0 };
  return {
    isSame: (before: string, after: string): boolean =>
      format.isSameBut(Buffer.from(before), Buffer.from(after), [change]),
    isWhole: (text: string, start: number, end: number, style: string): boolean =>
      format.isWhole(Buffer.from(text), { start, end, style }),
  };
}

/** A way to break a document: at some place some characters go and others come. */
export function mutations(...inserts: readonly string[]) {
  return fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), insert: fc.constantFrom(...inserts) });
}
