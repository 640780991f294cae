import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { mutations } from './format-under-test.ts';
import { around, changedAt, FRESH_KEYS, filled, mutantRekeyed, rekeyed, textOf, withHoles } from './parts.ts';
import { runs } from './runs.ts';
import { OLD, searchFor } from './samples.ts';
import { tomlDocuments } from './toml-documents.ts';

const search = searchFor(OLD, {
  tables: [['mcp_servers'], ['profiles', '*', 'mcp_servers'], ['lists', 'mcp_servers']],
});
const freshKey = fc.oneof(
  fc.constantFrom(...FRESH_KEYS),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((key) => key.isWellFormed()),
);

/** Plain objects, as `toEqual` compares them. */
const read = (text: string): unknown => filled(parse(text, { integersAsBigInt: true }), '');
const readHoles = (text: string, fresh: string): unknown => filled(parse(text, { integersAsBigInt: true }), fresh);

/** Two readers make different texts of line breaks in a CRLF file: there, one can't be put into such a string as an escape. */
const mayBeRefused = (text: string, fresh: string): boolean =>
  text.includes("'''") && /\r\n/.test(text) && fresh.includes('\n');

describe('any TOML document with keys anywhere', () => {
  it('has the new key where the old one was and no other byte changed, as smol-toml reads it', () => {
    fc.assert(
      fc.property(tomlDocuments(true), freshKey, (parts, fresh) => {
        const text = textOf(parts);
        let result: string;
        try {
          result = rekeyed(text, fresh, 'toml', search);
        } catch (error) {
          if (error instanceof ConfigError && mayBeRefused(text, fresh)) return;
          throw error;
        }
        expect(result).toMatch(around(parts, fresh));
        expect(read(result)).toEqual(readHoles(withHoles(parts), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('is refused, or changed rightly, when it was broken', () => {
    const mutation = mutations(
      '',
      '"',
      "'",
      '"""',
      "'''",
      '[',
      ']',
      '{',
      '}',
      ',',
      '=',
      '.',
      '\\',
      '\n',
      '\r',
      '#',
      'x',
      '0',
    );
    fc.assert(
      fc.property(tomlDocuments(true), mutation, (parts, { at, cut, insert }) => {
        const text = textOf(parts);
        const place = at % (text.length + 1);
        const mutant = text.slice(0, place) + insert + text.slice(place + cut);
        const changed = mutantRekeyed(mutant.toWellFormed(), 'toml', search);
        if (changed === null) return;
        expect(changed.result).toBe(changed.expected);
        if (changed.paths.length > 0)
          expect(read(changed.result)).toEqual(changedAt(read(mutant.toWellFormed()), changed.paths));
      }),
      { numRuns: runs(2_000) },
    );
  });
});

const PYTHON = `
import json, sys, tomllib
def shown(value):
    if isinstance(value, dict): return {name: shown(inner) for name, inner in value.items()}
    if isinstance(value, list): return [shown(inner) for inner in value]
    return value if isinstance(value, str) else None
print(json.dumps([shown(tomllib.loads(text.removeprefix("\\ufeff"))) for text in json.load(sys.stdin)]))
`;
const hasTomllib = spawnSync('python3', ['-c', 'import tomllib']).status === 0;

/** Texts as Python's reader shows them, which makes LF of CRLF; nothing of other values. */
function shown(tree: unknown): unknown {
  if (typeof tree === 'string') return tree.replace(/\r+\n/g, '\n');
  if (Array.isArray(tree)) return tree.map(shown);
  if (typeof tree !== 'object' || tree === null || tree instanceof Date) return null;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, shown(value)]));
}

describe.skipIf(!hasTomllib)('Python’s tomllib', () => {
  it('reads the new key in what was changed', () => {
    const samples = fc.sample(fc.tuple(tomlDocuments(false), freshKey), { numRuns: 400, seed: 1 });
    const done = samples.flatMap(([parts, fresh]) => {
      if (mayBeRefused(textOf(parts), fresh) || fresh.includes('\r')) return [];
      const expected = shown(readHoles(withHoles(parts), fresh));
      return [{ result: rekeyed(textOf(parts), fresh, 'toml', search), expected }];
    });
    expect(done.length).toBeGreaterThan(300);
    const { stdout, stderr } = spawnSync('python3', ['-c', PYTHON], {
      input: JSON.stringify(done.map(({ result }) => result)),
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    });
    expect(stderr.toString()).toBe('');
    expect(shown(JSON.parse(stdout.toString()))).toEqual(done.map(({ expected }) => expected));
  });
});
