import { describe, expect, it } from 'vitest';
import { listOf, shortListOf } from '../../renderer/words/list.ts';

const more = (count: number): string => `${count} more`;

describe('a list in words', () => {
  it('joins its items in the way of the language', () => {
    expect(listOf(['a', 'b', 'c'], 'en')).toBe('a, b, and c');
    expect(listOf(['a'], 'en')).toBe('a');
  });

  it.each([
    [['a', 'b', 'c'], 'a, b, and c'],
    [['a', 'b', 'c', 'd'], 'a, b, and 2 more'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, and 4 more'],
    [[], ''],
  ])('of %j is short enough to be read: %s', (items, words) => {
    expect(shortListOf(items, 3, 'en', more)).toBe(words);
  });
});
