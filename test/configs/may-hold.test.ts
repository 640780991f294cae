import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { mayHold } from '../../main/configs/may-hold.ts';
import { around, documents } from './documents.ts';
import { runs } from './runs.ts';
import { OLD, searchFor, withEntry } from './samples.ts';

const basic = `Basic ${Buffer.from(`u:${OLD}`).toString('base64')}`;

describe('a file that need not be parsed', () => {
  it.each([
    ['nothing of it', withEntry({ env: { OTHER: 'sk-live-another-0123' }, args: ['-y', 'acme'] }), false],
    ['a part of it', withEntry({ env: { OTHER: OLD.slice(0, -1) } }), false],
    ['the key', withEntry({ env: { OTHER: OLD } }), true],
    ['the name of the variable', withEntry({ env: { ACME_API_KEY: 'x' } }), true],
    ['the key with an escape', withEntry({ env: { OTHER: OLD } }).replace('sk-', 'sk\\u002d'), true],
    ['the key percent-encoded', withEntry({ url: `https://h.invalid/?k=${OLD.replaceAll('-', '%2D')}` }), true],
    ['the key in base64', withEntry({ headers: { Authorization: basic } }), true],
    ['the key in XML', `<a k="${OLD.replace('-', '&#45;')}"/>`, true],
  ])('holds %s', (_what, text, expected) => {
    expect(mayHold(Buffer.from(text), searchFor())).toBe(expected);
  });

  it.each(['a"b-0123456789', 'a/b-0123456789', 'gr\u00fc\u00dfe-0123456789', 'short'])(
    'is none for a key that can be written in many ways: %s',
    (key) => {
      expect(mayHold(Buffer.from('{}'), searchFor(key))).toBe(true);
    },
  );

  it('has nothing that would be found, whatever the document', () => {
    const key = fc.constantFrom(OLD, OLD.replace('-', '\\u002d'), `${OLD}x`, 'else', basic);
    const site = fc.tuple(around, key).map(([[before, after], text]) => `${before}${text}${after}`);
    fc.assert(
      fc.property(documents(site, true), (text) => {
        const bytes = Buffer.from(text);
        if (mayHold(bytes, searchFor())) return;
        const { sites, outside, references, otherKeys } = findSites(bytes, 'jsonc', searchFor());
        expect([sites, outside, references, otherKeys]).toEqual([[], [], [], []]);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
