import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageAnswer } from '../../main/shells/electron/pages/page-answer.ts';
import { readPageFile } from '../../main/shells/pages/page-file.ts';

const OUTSIDE = 'a secret of somebody';
let folder: string;
let pages: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  pages = join(folder, 'pages');
  await mkdir(join(pages, 'assets'), { recursive: true });
  await mkdir(join(folder, 'pages-of-others'));
  for (const name of ['index.html', 'assets/app.js']) await writeFile(join(pages, name), 'a page');
  for (const name of ['secret.html', 'secret.js', 'index.html', 'pages-of-others/index.html', '..html'])
    await writeFile(join(folder, name), OUTSIDE);
});
afterAll(() => rm(folder, { recursive: true }));

const dots = fc.constantFrom(
  '..',
  '.',
  '...',
  '%2e%2e',
  '%2E.',
  '.%2e',
  '%252e%252e',
  '..%00',
  '..;',
  '%c0%ae%c0%ae',
  '\u2025',
);
const slashes = fc.constantFrom('/', '//', '%2f', '%2F', '\\', '%5c', '%5C', '%252f', '/./', '\u2215', '%c0%af');
const names = fc.constantFrom(
  'secret.html',
  'secret.js',
  'index.html',
  'assets',
  'app.js',
  'pages',
  'pages-of-others',
  'C:',
  'file:',
  '',
  '%00',
  'index.html%00.js',
  'index.html::$DATA.html',
);
/** Paths of everything with which servers were ever led out of their folder. */
const paths = fc
  .array(fc.oneof(dots, slashes, names, fc.constant('@HERE@')), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));

it('no path gives a file from outside of the pages, over app:// and over HTTP alike', async () => {
  await fc.assert(
    fc.asyncProperty(paths, async (raw) => {
      const path = `/${raw.replaceAll('@HERE@', folder)}`;
      const file = await readPageFile(pages, path);
      expect(file?.bytes.toString() ?? 'a page').toBe('a page');
      const answer = await pageAnswer(pages, { method: 'GET', url: `app://rekey${path}` });
      expect(await answer.text()).toBe(answer.status === 200 ? 'a page' : 'Not found');
    }),
    { numRuns: 5_000 },
  );
});

it('no path breaks the answer either', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (path) => {
      expect((await readPageFile(pages, path))?.bytes.toString() ?? 'a page').toBe('a page');
      expect([200, 404]).toContain((await pageAnswer(pages, { method: 'GET', url: `app://rekey/${path}` })).status);
    }),
    { numRuns: 2_000 },
  );
});

it('the pages themselves are still there', async () => {
  for (const path of ['/index.html', '/assets/app.js'])
    expect((await readPageFile(pages, path))?.bytes.toString()).toBe('a page');
});
