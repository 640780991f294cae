import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../build/build.ts';
import manifest from '../../package.json' with { type: 'json' };

const documents = ['README.md', ...globSync('docs/*.md', { cwd: root })];
/** What a document may name as a path of this project: it begins with one of its folders. */
const OWN_PATH = /^(?:main|bridge|preload|renderer|build|test|docs)\/[\w./-]+$/;

describe.each(documents)('%s', (document) => {
  const read = (): Promise<string> => readFile(join(root, document), 'utf8');

  it('names files and folders that there are', async () => {
    const text = await read();
    const quoted = [...text.matchAll(/`([^`\n]+)`/g)]
      .map(([, words = '']) => words)
      .filter((words) => OWN_PATH.test(words));
    const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => join(dirname(document), path));
    expect(quoted.length + linked.length).toBeGreaterThan(0);
    const missing = [...quoted, ...linked].filter((path) => !existsSync(join(root, path)) && !MADE.includes(path));
    expect(missing).toEqual([]);
  });
  /** Which a run makes. */
  const MADE = ['test/bench/results.json', 'build/licenses/node-VERSION.txt'];

  it('names scripts that there are', async () => {
    const named = [...(await read()).matchAll(/npm run ([a-z]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });
});
