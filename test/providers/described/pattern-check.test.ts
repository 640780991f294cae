import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPatternOf, patternProblem } from '../../../main/providers/described/pattern-check.ts';
import { keysInside } from '../../../main/providers/key-pattern.ts';

describe('the pattern of a key', () => {
  it.each([
    ['quill_[a-z0-9]{24}', `quill_${'a1'.repeat(12)}`],
    ['^quill_\\w{20,}$', `quill_${'x'.repeat(900)}`],
    ['[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', '7c9e6679-7425-40de-944b-e07fc1f90ae7'],
    ['sk-(?:live-|test-)?[\\w-]{20,}', `sk-test-${'k'.repeat(20)}`],
    ['SG\\.[\\w-]{22}\\.[\\w-]{43}', `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`],
    ['eyJ[\\w-]{5,900}\\.[\\w-]{5,900}\\.[\\w-]+', 'eyJabcde.fghij.klmno'],
    ['(acme|zenith)_[A-Z]{8}|old-[0-9]{10}', 'old-0123456789'],
    ['[\\w.~+/=:|@-]{8,500}', 'any+key/=1'],
    ['a{8}(?:-b)?', 'aaaaaaaa-b'],
    ['(?:ab-){3,9}', 'ab-ab-ab-'],
  ])('%s is taken, and is that of the whole key', (source, key) => {
    const pattern = keyPatternOf(source);
    expect(pattern.test(key)).toBe(true);
    for (const odd of ['', ' ', `${key} `, ` ${key}`, `${key}\n`, `${key}\0`, `!${key}`])
      expect(pattern.test(odd)).toBe(false);
    expect(`x "${key}" y`.replace(keysInside(pattern), '[key]')).toBe('x "[key]" y');
  });

  it.each([
    ['', 'must ask for at least 8 characters'],
    ['abc', 'must ask for at least 8 characters'],
    ['[a-z]*', 'must ask for at least 8 characters'],
    ['abcdefgh|', 'must ask for at least 8 characters'],
    ['a'.repeat(201), 'is longer than 200 characters'],
    ['[a-z]{9000}', 'asks for more than 2000 characters'],
    ['(?:[a-z]{900}-){5}', 'asks for more than 2000 characters'],
    ['(a+)+b', 'repeats without an end'],
    ['\\w+@\\w+', 'repeats without an end'],
    ['[a-z]{1,20}[a-z]{1,20}x', 'repeats something that can also be what follows it'],
    ['\\w{1,20}(?:-|_)x{8}', 'repeats something that can also be what follows it'],
    ['(?:[a-z]{1,3}){8}', 'repeats something that can also be what follows it'],
    ['(?:ab){3,9}[a-z]{8}', 'repeats something that can also be what follows it'],
    ['(?:a|aa){8}b', 'too many alternatives'],
    ['(?:a?){8}a{8}', 'too many alternatives'],
    ['a?b?c?d?e?f?g?h?aaaaaaaa', 'too many alternatives'],
    ['(?:a|b)+cdefghij', 'repeats without an end'],
    ['(?:(?:a|b)(?:c|d)){2,9}x{8}', 'too many alternatives'],
    ['.{20}', 'lets through spaces'],
    ['\\S{20}', 'lets through spaces'],
    ['[^"]{20}', 'lets through spaces'],
    ['\\W{20}', 'lets through spaces'],
    ['key [a-z]{20}', 'lets through spaces'],
    ['clé-[a-z]{20}', 'lets through spaces'],
    ['钥[a-z]{20}', 'no key can match'],
    ['[]a{9}', 'no key can match'],
    ['(?=a)a{9}', 'begins with (?'],
    ['(?<n>a{9})', 'begins with (?'],
    ['(a{9})\\1', 'an escape other than'],
    ['\\ba{9}', 'an escape other than'],
    ['\\x41{9}', 'an escape other than'],
    ['a{9}\\', 'an escape other than'],
    ['a{9}$|b{9}', 'where it can’t stand'],
    ['a{9}}', 'where it can’t stand'],
    ['{9}', 'where it can’t stand'],
    ['*a{9}', 'where it can’t stand'],
    ['a{9}?', 'two repetitions'],
    ['a{9,8}', 'the most is less than the least'],
    ['[z-a]{9}', 'runs backwards'],
    ['[a{9}', 'without its ]'],
    ['(a{9}', 'without its )'],
    ['a{9})', 'without its ('],
  ])('%s is refused', (source, problem) => {
    expect(patternProblem(source)).toContain(problem);
  });

  it('is one of JavaScript for every pattern that is taken, and lets through visible ASCII only', () => {
    const atom = fc.constantFrom(
      'a',
      'B',
      '7',
      '-',
      '_',
      '\\.',
      '\\d',
      '\\w',
      '[a-f]',
      '[^\\s]',
      '[A-Z0-9-]',
      '.',
      '\\W',
    );
    const times = fc.constantFrom('', '', '{8}', '{2,9}', '+', '*', '?', '{3,}');
    const part = fc.tuple(atom, times).map((both) => both.join(''));
    const group = fc
      .tuple(fc.array(part, { minLength: 1, maxLength: 3 }), times)
      .map(([parts, most]) => `(?:${parts.join('|')})${most}`);
    const source = fc.array(fc.oneof(part, part, group), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(source, fc.string({ unit: 'binary', maxLength: 40 }), (text, other) => {
        fc.pre(patternProblem(text) === null);
        const pattern = keyPatternOf(text);
        expect(pattern.test(other)).toBe(new RegExp(`^(?:${text})$`).test(other));
        if (pattern.test(other)) expect(other).toMatch(/^[!-~]{8,}$/);
      }),
      { numRuns: 300 },
    );
  });

  it('can’t be made to hang, whatever text it runs over', () => {
    for (const source of [
      '[\\w.~+/=:|@-]{8,500}',
      'a\\w{8,1000}=',
      '(?:ab?){4}\\w{8,1000}-',
      'eyJ[\\w-]{5,900}\\.[\\w-]+',
    ]) {
      expect(patternProblem(source)).toBeNull();
      const inside = keysInside(keyPatternOf(source));
      for (const text of ['a'.repeat(10_000), 'ab'.repeat(5_000), `eyJ${'a'.repeat(9_000)}`]) text.replace(inside, '');
    }
  });
});
