import { parseJSON5 } from 'confbox/json5';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { mutations } from './format-under-test.ts';
import { json5Documents } from './json5-documents.ts';
import { around, changedAt, FRESH_KEYS, filled, mutantRekeyed, rekeyed, textOf, withHoles } from './parts.ts';
import { runs } from './runs.ts';
import { searchFor } from './samples.ts';

const freshKey = fc.oneof(
  fc.constantFrom(...FRESH_KEYS),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((key) => key.isWellFormed()),
);

/** Plain objects, as `toEqual` compares them. */
const read = (text: string, fresh = ''): unknown => filled(parseJSON5(text), fresh);

/** It warns of line breaks of Unicode in strings. */
vi.spyOn(console, 'warn').mockImplementation(() => {});

describe('any JSON5 document with keys anywhere', () => {
  it('has the new key where the old one was and no other byte changed, as confbox reads it', () => {
    fc.assert(
      fc.property(json5Documents(), freshKey, (parts, fresh) => {
        const result = rekeyed(textOf(parts), fresh, 'json5', searchFor());
        expect(result).toMatch(around(parts, fresh));
        expect(read(result)).toEqual(read(withHoles(parts), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('is refused, or changed rightly, when it was broken', () => {
    const mutation = mutations(
      '',
      '"',
      "'",
      '{',
      '}',
      '[',
      ',',
      ':',
      '\\',
      '\n',
      '\r',
      '/',
      '*/',
      '//',
      'x',
      '0',
      '.',
      '+',
      '\u2028',
    );
    fc.assert(
      fc.property(json5Documents(), mutation, (parts, { at, cut, insert }) => {
        const text = textOf(parts);
        const place = at % (text.length + 1);
        const mutant = (text.slice(0, place) + insert + text.slice(place + cut)).toWellFormed();
        const changed = mutantRekeyed(mutant, 'json5');
        if (changed === null) return;
        expect(changed.result).toBe(changed.expected);
        if (changed.paths.length > 0) expect(read(changed.result)).toEqual(changedAt(read(mutant), changed.paths));
      }),
      { numRuns: runs(2_000) },
    );
  });
});
