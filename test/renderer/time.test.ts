import { describe, expect, it } from 'vitest';
import { ago, clock, left, minutes, span } from '../../renderer/words/time.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();
const after = (seconds: number) => before(-seconds);

describe('how long ago something was', () => {
  it.each([
    [0, 'now'],
    [59, 'now'],
    [60, '1 minute ago'],
    [3_599, '59 minutes ago'],
    [3_600, '1 hour ago'],
    [86_400, 'yesterday'],
    [3 * 86_400, '3 days ago'],
    [40 * 86_400, 'last month'],
    [800 * 86_400, '2 years ago'],
    [-30, 'now'],
  ])('%i seconds: %s', (seconds, words) => {
    expect(ago(before(seconds), NOW, 'en')).toBe(words);
  });
});

describe('what is left', () => {
  it.each([
    [2_490, '42 min'],
    [61, '2 min'],
    [60, '60 sec'],
    [1, '1 sec'],
    [0, null],
    [-5, null],
  ])('%i seconds: %s', (seconds, words) => {
    expect(left(after(seconds), NOW, 'en')).toBe(words);
  });
});

it('a block of minutes stays in minutes below two hours', () => {
  expect([30, 60, 119, 120, 125].map((count) => minutes(count, 'en'))).toEqual([
    '30 min',
    '60 min',
    '119 min',
    '2 hr',
    '2 hr 5 min',
  ]);
});

it('the clock of a request runs down to zero and no further', () => {
  expect([120, 61, 9.2, 0, -3].map((seconds) => clock(after(seconds), NOW))).toEqual([
    '2:00',
    '1:01',
    '0:10',
    '0:00',
    '0:00',
  ]);
});

it('a span of time is told in the greatest unit that goes into it without a rest', () => {
  expect([30, 60, 90, 1_440, 2_880, 10_080, 20_160].map((count) => span(count, 'en'))).toEqual([
    '30 minutes',
    '1 hour',
    '90 minutes',
    '1 day',
    '2 days',
    '1 week',
    '2 weeks',
  ]);
});
