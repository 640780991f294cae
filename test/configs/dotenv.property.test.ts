import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { dotenvDocuments, NAMES } from './dotenv-documents.ts';
import { mutations } from './format-under-test.ts';
import { around, FRESH_KEYS, filled, mutantRekeyed, type Part, rekeyed, textOf, withHoles } from './parts.ts';
import { runs } from './runs.ts';
import { NEW, OLD, searchFor } from './samples.ts';

const search = searchFor(OLD, { tables: [[]] });
const freshKey = fc.oneof(
  fc.constantFrom(...FRESH_KEYS),
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).filter((key) => key.isWellFormed()),
);
/** Without what one of the readers knows between quotes. */
const quotableKey = freshKey.filter((key) => !/["'\\$`\p{Cc}\p{Zl}\p{Zp}]/u.test(key));

/** Null where it was refused. */
function rekeyedOrRefused(parts: readonly Part[], fresh: string): string | null {
  try {
    return rekeyed(textOf(parts), fresh, 'dotenv', search);
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'patch-refused') return null;
    throw error;
  }
}

function checkBytes(parts: readonly Part[], fresh: string, result: string): void {
  // Any value may have been put in quotes; one with such a key never needs to be.
  expect(result).toMatch(around(parts, "'"));
  if (/^[\w-]+$/.test(fresh)) expect(result).toBe(filled(withHoles(parts), fresh));
}

describe('any .env file with keys anywhere', () => {
  it('has the new key where the old one was and no other byte changed, as dotenv reads it', () => {
    fc.assert(
      fc.property(dotenvDocuments('lines'), freshKey, (parts, fresh) => {
        const result = rekeyedOrRefused(parts, fresh);
        if (result === null) {
          expect(fresh).not.toMatch(/^[\w-]+$/);
          return;
        }
        checkBytes(parts, fresh, result);
        expect(parse(result)).toEqual(filled(parse(withHoles(parts)), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('takes any key that all readers know how to quote, where they read the old value alike', () => {
    fc.assert(
      fc.property(dotenvDocuments('all'), quotableKey, (parts, fresh) => {
        const result = rekeyedOrRefused(parts, fresh) ?? 'refused';
        checkBytes(parts, fresh, result);
        expect(parse(result)).toEqual(filled(parse(withHoles(parts)), fresh));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it.skipIf(process.platform === 'win32')('is read by a shell as by dotenv', () => {
    const samples = fc.sample(fc.tuple(dotenvDocuments('all'), freshKey), runs(300));
    const results = samples.flatMap(([parts, fresh]) => rekeyedOrRefused(parts, fresh) ?? []);
    expect(results.length).toBeGreaterThan(samples.length / 2);
    const folder = mkdtempSync(join(tmpdir(), 'rekey-'));
    try {
      for (const [index, text] of results.entries()) writeFileSync(join(folder, `${index}.env`), text);
      const print = `printf '%s\\0' ${NAMES.map((name) => `"\${${name}-}"`).join(' ')}`;
      const loop = `i=0; while [ $i -lt ${results.length} ]; do (set -a; . ./$i.env; ${print}); i=$((i+1)); done`;
      const read = execFileSync('sh', ['-c', loop], { cwd: folder, env: {}, encoding: 'utf8', maxBuffer: 1e9 });
      const expected = results.flatMap((text) => NAMES.map((name) => parse(text)[name] ?? ''));
      expect(read.split('\0').slice(0, -1)).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is refused, or changed rightly, when it was broken', () => {
    const mutation = mutations(
      '',
      '"',
      "'",
      '`',
      '\\',
      '#',
      ' #',
      '=',
      '\n',
      '\r',
      '\r\n',
      '$',
      ' ',
      'x',
      '\nA=',
      '\0',
      '\u2028',
    );
    fc.assert(
      fc.property(dotenvDocuments('lines'), mutation, (parts, { at, cut, insert }) => {
        const text = textOf(parts);
        const place = at % (text.length + 1);
        const mutant = (text.slice(0, place) + insert + text.slice(place + cut)).toWellFormed();
        const changed = mutantRekeyed(mutant, 'dotenv', search);
        if (changed === null) return;
        expect(changed.result).toBe(changed.expected);
        const [was, is] = [parse(mutant), parse(changed.result)];
        const names = new Set(changed.paths.map(([name]) => String(name)));
        const alone = new RegExp(`(?<![A-Za-z0-9_-])${OLD}(?![A-Za-z0-9_-])`, 'g');
        const expected = Object.entries(was).map(([name, value]) => [
          name,
          names.has(name) && is[name] !== value ? value.replace(alone, NEW) : value,
        ]);
        expect(Object.entries(is)).toEqual(expected);
      }),
      { numRuns: runs(2_000) },
    );
  });
});
