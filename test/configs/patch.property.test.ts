import fc from 'fast-check';
import { type ParseError, parse, stripComments } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { around, documents } from './documents.ts';
import { mutations } from './format-under-test.ts';
import { runs } from './runs.ts';
import { OLD, searchFor } from './samples.ts';

/** Stands for the new key in the text that is expected: no generated text holds it. */
const HOLE = 'K3Y-H0LE-IN-TEXT';

const keyAsWritten = fc.constantFrom(OLD, OLD.replace('-', '\\u002d'), OLD.replace('sk', '\\u0073\\u006b'));
const site = fc.tuple(around, keyAsWritten).map(([[before, after], key]) => `${before}${key}${after}`);
const freshKey = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('"', '\\', '#%&', '\n', '\u2028'),
);

/** A tree with the new key in the place of the old one. */
function filled(tree: unknown, fresh: string): unknown {
  if (typeof tree === 'string') return tree.replaceAll(HOLE, () => fresh);
  if (Array.isArray(tree)) return tree.map((item) => filled(item, fresh));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, filled(value, fresh)]));
}

/** Where the key stands inside the tables is known from how the documents are made: everything but the member `x`. */
function withHoles(text: string): string {
  const tables = text.lastIndexOf(',"mcpServers":{"one":');
  const pattern = /sk-live-old-0123456789|\\u0073\\u006b-live-old-0123456789|sk\\u002dlive-old-0123456789/g;
  return text.slice(0, tables) + text.slice(tables).replace(pattern, HOLE);
}

function patched(text: string, fresh: string): Buffer {
  const bytes = Buffer.from(text);
  const { sites } = findSites(bytes, 'jsonc', searchFor());
  return patch(
    bytes,
    'jsonc',
    sites.map((one) => ({ site: one, value: new Secret(fresh) })),
  );
}

function readJsonc(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  return value;
}

const readJson = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));

describe('any document with keys anywhere', () => {
  it.each([
    ['JSON, as JSON.parse reads it', false, readJson],
    ['JSON with comments, as jsonc-parser reads it', true, readJsonc],
  ] as const)('has the new key where the old one was and no other byte changed: %s', (_what, lenient, readText) => {
    fc.assert(
      fc.property(documents(site, lenient), freshKey, (text, fresh) => {
        const result = patched(text, fresh).toString();
        const holes = withHoles(text);
        const spelled = JSON.stringify(fresh).slice(1, -1);
        expect(result).toBe(holes.replaceAll(HOLE, () => spelled));
        expect(readText(result)).toEqual(filled(readText(holes), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('is refused or left as it was when it was broken, as jsonc-parser judges it', () => {
    const mutation = mutations('', '"', '{', '}', ',', ':', '\\', '\n', '/', '*/', 'x', '0');
    fc.assert(
      fc.property(documents(site, true), mutation, (text, { at, cut, insert }) => {
        const place = at % text.length;
        const mutant = text.slice(0, place) + insert + text.slice(place + cut);
        const errors: ParseError[] = [];
        parse(mutant.replace(/^\ufeff/, ''), errors, { allowTrailingComma: true });
        // Nothing but comments is a fault to it, and a blank file to us.
        if (
          stripComments(mutant)
            .replace(/^\ufeff/, '')
            .trim() === ''
        )
          return;
        if (errors.length > 0) expect(() => patched(mutant, 'new')).toThrow(ConfigError);
        else expect(() => patched(mutant, 'new')).not.toThrow();
      }),
      { numRuns: runs(4_000) },
    );
  });
});

describe('any URL with the key in its query', () => {
  it('has exactly the new key for its reader, whatever the new key is', () => {
    const nameAndValue = fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-z0-9]{0,4}$/));
    fc.assert(
      fc.property(freshKey, fc.array(nameAndValue, { maxLength: 3 }), fc.boolean(), (fresh, others, escaped) => {
        const query = [...others.map(([n, v]) => `${n}=${v}`), `KEY=${OLD}`].join('&');
        const url = `https://h.invalid/mcp?${escaped ? query.replaceAll('-', '%2D') : query}`;
        const result: unknown = JSON.parse(patched(JSON.stringify({ mcpServers: { a: { url } } }), fresh).toString());
        const read = new URL((result as { mcpServers: { a: { url: string } } }).mcpServers.a.url);
        expect([...read.searchParams]).toEqual([...others, ['KEY', fresh]]);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
