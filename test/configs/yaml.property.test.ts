import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import {
  CORE_SCHEMA,
  getScalarValue,
  load,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type Schema,
  YAML11_SCHEMA,
} from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import { ConfigError } from '../../main/configs/snapshot.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { mutations } from './format-under-test.ts';
import { runs } from './runs.ts';
import { AWKWARD, searchFor } from './samples.ts';
import { yamlDocuments } from './yaml-documents.ts';

const TOKEN = /(?<![\w-])sk-live-old-0123456789(?![\w-])/g;

const freshKey = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.stringMatching(/^[\w.+/:=-]{1,12}$/),
  fc.constantFrom(
    'sk-new',
    'true',
    'No',
    '~',
    '123',
    '1e3',
    '0x1F',
    '1:30',
    '2026-11-20',
    '=',
    '<<',
    ' a',
    'a ',
    '- a',
  ),
  fc.constantFrom('---', '... ', 'a: b', 'a #b', '"', "'", '\n', 'a\nb', '\r\n', '\u0085', '\u2028', '\ufeff', AWKWARD),
);

function patched(text: string, fresh: string): { result: string; sites: number } {
  const bytes = Buffer.from(text);
  const { sites } = findSites(bytes, 'yaml', searchFor());
  const edits = sites.map((site) => ({ site, value: new Secret(fresh) }));
  return { result: patch(bytes, 'yaml', edits).toString(), sites: sites.length };
}

/** A tree with the new key in the place of the old one. */
function filled(tree: unknown, fresh: string): unknown {
  if (typeof tree === 'string') return tree.replaceAll(TOKEN, () => fresh);
  if (Array.isArray(tree)) return tree.map((item) => filled(item, fresh));
  if (typeof tree !== 'object' || tree === null || tree instanceof Date) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, filled(value, fresh)]));
}

/** In the tables, and in what they reach by aliases and merge keys, but not in `x`. */
function expected(tree: unknown, fresh: string): unknown {
  const { x, ...rest } = tree as Record<string, unknown>;
  return { x, ...(filled(rest, fresh) as object) };
}

function read(text: string, schema: Schema, json = false): unknown {
  return load(text, { schema: schema, json });
}

/** Scalars in their order, with the key's own taken out of the text: what must stay, byte for byte. */
function withoutSites(text: string, isSite: readonly boolean[]): string {
  const scalars = parseEvents(text, {}).filter((event): event is ScalarEvent => 'valueStart' in event);
  let rest = '';
  let at = 0;
  for (const [index, scalar] of scalars.entries()) {
    if (!isSite[index]) continue;
    for (const [start, end] of extents(text, scalar)) {
      rest += text.slice(at, start);
      at = end;
    }
  }
  return rest + text.slice(at);
}

/** Where a scalar stands: its quotes too, and of a block its header but for a comment. */
function extents(text: string, { style, valueStart, valueEnd }: ScalarEvent): [number, number][] {
  if (style === SCALAR_STYLE.PLAIN) return [[valueStart, valueEnd]];
  if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED)
    return [[valueStart - 1, valueEnd + 1]];
  const header = /([|>][-+\d]*)((?: # a block)?)(\r?\n)$/.exec(text.slice(0, valueStart));
  const [all, mark, comment] = header ?? ['', '', ''];
  const start = valueStart - all.length;
  const value = text.slice(valueStart, valueEnd);
  const tail = (mark?.includes('+') ? /\r?\n$/ : /(?:\r?\n *)*$/).exec(value)?.[0] ?? '';
  return [
    [start, start + (mark?.length ?? 0)],
    [start + (mark?.length ?? 0) + (comment?.length ?? 0), valueEnd - tail.length],
  ];
}

function values(text: string): string[] {
  const scalars = parseEvents(text, {}).filter((event): event is ScalarEvent => 'valueStart' in event);
  return scalars.map((scalar) => getScalarValue(text, scalar));
}

describe('any YAML document with keys anywhere', () => {
  it('has the new key where the old one was for js-yaml, as YAML 1.1 and 1.2, and no byte outside of the values changed', () => {
    fc.assert(
      fc.property(yamlDocuments, freshKey, (text, fresh) => {
        const { result } = patched(text, fresh);
        for (const schema of [CORE_SCHEMA, YAML11_SCHEMA]) {
          expect(read(result, schema)).toEqual(expected(read(text, schema), fresh));
        }
        const after = values(result);
        const isSite = values(text).map((value, index) => value !== after[index]);
        expect(withoutSites(result, isSite)).toBe(withoutSites(text, isSite));
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('differs in nothing but the bytes of the key, where the new one is as plain as the old', () => {
    const holes =
      /sk-live-old-0123456789|sk\\x2dlive\\x2dold\\x2d0123456789|\\u0073\\U0000006b-live-old-0123456789|sk-li\\\r?\n +ve-old-0123456789/g;
    fc.assert(
      fc.property(yamlDocuments, fc.stringMatching(/^sk-[a-z][A-Za-z0-9_-]{1,8}[a-z]$/), (text, fresh) => {
        const { result, sites } = patched(text, fresh);
        const parts = text.split(holes);
        let at = 0;
        let changed = 0;
        // Each written key is as it was or is the new one.
        for (const [index, key] of [...text.matchAll(holes)].entries()) {
          const before = parts[index] ?? '';
          expect(result.slice(at, at + before.length)).toBe(before);
          at += before.length;
          const isNew = !result.startsWith(key[0], at);
          if (isNew) expect(result.slice(at, at + fresh.length)).toBe(fresh);
          changed += isNew ? 1 : 0;
          at += isNew ? fresh.length : key[0].length;
        }
        expect(result.slice(at)).toBe(parts.at(-1));
        expect(changed).toBe(sites);
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('is refused, or is right for js-yaml all the same, when it was broken anywhere', () => {
    const mutation = mutations(
      '',
      '"',
      "'",
      '{',
      ']',
      ',',
      ': ',
      '\\',
      '\n',
      '\n  ',
      '#',
      ' #',
      '- ',
      '|',
      '&k ',
      '*k',
      '!',
      '\t',
      '---\n',
      '\r',
    );
    fc.assert(
      fc.property(yamlDocuments, mutation, freshKey, (text, { at, cut, insert }, fresh) => {
        const place = at % text.length;
        const mutant = (text.slice(0, place) + insert + text.slice(place + cut)).toWellFormed();
        let result: string;
        try {
          ({ result } = patched(mutant, fresh));
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          return;
        }
        const before = loaded(mutant);
        if (before !== null) expectOnlyKeysChanged(before.tree, loaded(result)?.tree, fresh);
      }),
      { numRuns: runs(2_000) },
    );
  });
});

/** Null where js-yaml knows the tags or names of a document no better than to refuse it. */
function loaded(text: string): { tree: unknown } | null {
  try {
    return { tree: read(text, YAML11_SCHEMA, true) };
  } catch {
    return null;
  }
}

function expectOnlyKeysChanged(before: unknown, after: unknown, fresh: string): void {
  if (typeof before === 'string' && before !== after) expect(after).toBe(filled(before, fresh));
  else if (typeof before === 'object' && before !== null) {
    const [old, now] = [Object.entries(before), Object.entries(after ?? {})];
    expect(now.map(([name]) => name)).toEqual(old.map(([name]) => name));
    for (const [index, [, value]] of old.entries()) expectOnlyKeysChanged(value, now[index]?.[1], fresh);
  } else expect(after).toEqual(before);
}

const READ_WITH_PYYAML = `
import json, sys, yaml
def read(text):
    try:
        return {"tree": yaml.safe_load(text)}
    except (yaml.YAMLError, ValueError):
        return None
print(json.dumps([[read(text) for text in pair] for pair in json.load(sys.stdin)], default=str))
`;

function hasPyYaml(): boolean {
  try {
    execFileSync('python3', ['-c', 'import yaml'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasPyYaml())('PyYAML, as Python hosts read it', () => {
  it('gets the new key where it got the old one, in some hundred documents', { timeout: 600_000 }, () => {
    const samples = fc.sample(fc.tuple(yamlDocuments, freshKey), { numRuns: runs(300), seed: 7 });
    const pairs = samples.map(([text, fresh]) => [text, patched(text, fresh).result]);
    const printed = execFileSync('python3', ['-c', READ_WITH_PYYAML], {
      input: JSON.stringify(pairs),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const read = JSON.parse(printed) as ({ tree: unknown } | null)[][];
    let compared = 0;
    for (const [index, [before, after]] of read.entries()) {
      const fresh = samples[index]?.[1] ?? '';
      if (!before) continue;
      compared++;
      expect(after?.tree).toEqual(expected(before.tree, fresh));
    }
    expect(compared).toBeGreaterThan(samples.length / 2);
  });
});
