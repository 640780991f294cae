import { describe, expect, it } from 'vitest';
import { mergeResults } from '../../main/rotation/file-notes.ts';
import type { SiteResult } from '../../main/rotation/rotation.schema.ts';

function result(file: string, path: readonly string[], state: SiteResult['state'], line = 1): SiteResult {
  const site: SiteResult['site'] = {
    owner: { kind: 'host', id: 'cursor', name: 'Cursor' },
    alsoReadBy: [],
    file,
    scope: 'user',
    server: 'acme',
    place: 'env',
    form: 'plain',
    role: 'key',
    path: [...path],
    line,
    before: '',
    after: '',
  };
  return { site, state, problem: null };
}

describe('results of sites', () => {
  const known = [
    result('/a', ['env', 'KEY'], 'pending'),
    result('/a', ['args', '1'], 'pending'),
    result('/b', ['env', 'KEY'], 'patched'),
  ];

  it('take the places of the earlier ones, and those of no known site come to the end', () => {
    const merged = mergeResults(known, [
      result('/b', ['env', 'KEY'], 'put-back'),
      result('/a', ['args', '1'], 'patched', 7),
      result('/c', ['env', 'KEY'], 'patched'),
    ]);
    expect(merged.map(({ site, state }) => [site.file, site.path.join('.'), site.line, state])).toEqual([
      ['/a', 'env.KEY', 1, 'pending'],
      ['/a', 'args.1', 7, 'patched'],
      ['/b', 'env.KEY', 1, 'put-back'],
      ['/c', 'env.KEY', 1, 'patched'],
    ]);
  });

  it('keep two sites at one place of a file two: a key can stand twice in one text', () => {
    const twice = [result('/a', ['args', '0'], 'pending', 1), result('/a', ['args', '0'], 'pending', 1)];
    const merged = mergeResults(twice, [
      result('/a', ['args', '0'], 'patched'),
      result('/a', ['args', '0'], 'patched'),
    ]);
    expect(merged.map(({ state }) => state)).toEqual(['patched', 'patched']);
  });
});
