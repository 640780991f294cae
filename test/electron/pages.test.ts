import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalIn, confirmationUrl, mainPageUrl, pageOf } from '../../main/shells/electron/pages/address.ts';
import { pageAnswer } from '../../main/shells/electron/pages/page-answer.ts';
import { CONTENT_SECURITY_POLICY, pageHeaders } from '../../main/shells/pages/content-security-policy.ts';
import { boot } from './boot.ts';

const policy = pageHeaders("'none'")['Content-Security-Policy'];

let folder: string;
let pages: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  pages = join(folder, 'renderer');
  await mkdir(join(pages, 'assets'), { recursive: true });
  await writeFile(join(pages, 'index.html'), '<!doctype html>');
  await writeFile(join(pages, 'confirmation.html'), '<!doctype html><p>confirm');
  await writeFile(join(pages, 'assets', 'index-1a2b.js'), 'export {};');
  await writeFile(join(pages, 'assets', 'index-1a2b.css'), 'p {}');
  await writeFile(join(pages, 'assets', 'icon.svg'), '<svg/>');
  await writeFile(join(pages, '.hidden.html'), 'hidden');
  await writeFile(join(pages, 'index.js.map'), '{}');
  // Names that mean something else on another system, or when they are decoded once more.
  await writeFile(join(pages, 'index.html::$DATA.html'), 'a stream');
  await writeFile(join(pages, '%2e%2e%2fmain.html'), 'encoded twice');
  await writeFile(join(folder, 'main.html'), 'outside');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => pageAnswer(pages, { url, method });

describe('app://rekey', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['index.html#/rotation/1', 'text/html; charset=utf-8'],
    ['confirmation.html?id=1', 'text/html; charset=utf-8'],
    ['assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
    ['assets/index-1a2b.css', 'text/css; charset=utf-8'],
    ['assets/icon.svg', 'image/svg+xml'],
    ['assets/../index.html', 'text/html; charset=utf-8'],
  ])('serves %s as %s', async (path, contentType) => {
    const answer = await get(`app://rekey/${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe(contentType);
  });

  it('serves the bytes of the file', async () => {
    expect(await (await get('app://rekey/confirmation.html?id=1')).text()).toBe('<!doctype html><p>confirm');
  });

  it.each([
    ['a path out of the folder', 'app://rekey/../main.html'],
    ['encoded dots', 'app://rekey/%2e%2e/main.html'],
    ['an encoded slash', 'app://rekey/..%2fmain.html'],
    ['an encoded slash after a folder', 'app://rekey/assets/..%2f..%2fmain.html'],
    ['an encoding of an encoding', 'app://rekey/%252e%252e%252fmain.html'],
    ['a backslash', 'app://rekey/..\\main.html'],
    ['an encoded backslash', 'app://rekey/..%5cmain.html'],
    ['an encoded NUL', 'app://rekey/index.html%00.png'],
    ['a NUL before the ending', 'app://rekey/..%2fmain%00.html'],
    ['a drive', 'app://rekey/C:%5Cmain.html'],
    ['a stream of a file', 'app://rekey/index.html::$DATA.html'],
    ['an empty part', 'app://rekey//index.html'],
    ['a hidden file', 'app://rekey/.hidden.html'],
    ['a broken encoding', 'app://rekey/%zz.html'],
    ['a kind of file that no page is made of', 'app://rekey/index.js.map'],
    ['no ending', 'app://rekey/assets'],
    ['no path', 'app://rekey/'],
    ['a file that is not there', 'app://rekey/other.html'],
    ['a folder with an ending', 'app://rekey/assets/index.html/x.js'],
    ['a name too long', `app://rekey/${'x'.repeat(300)}.html`],
    ['another host', 'app://other/index.html'],
    ['a host with a port', 'app://rekey:80/index.html'],
    ['no address at all', 'nonsense'],
  ])('has nothing for %s', async (_what, url) => {
    const answer = await get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('Not found');
  });

  it('answers to nothing but GET', async () => {
    expect((await get('app://rekey/index.html', 'POST')).status).toBe(405);
  });

  it('sends the policy with every answer, errors included', async () => {
    for (const answer of [await get('app://rekey/index.html'), await get('app://rekey/x.html'), await get('', 'PUT')]) {
      expect(answer.headers.get('Content-Security-Policy')).toBe(policy);
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(answer.headers.get('Cache-Control')).toBe('no-store');
    }
  });

  it('is the one scheme that the app answers', async () => {
    const { electron } = await boot();
    expect([...electron.protocols.keys()]).toEqual(['app']);
    const answer = await electron.protocols.get('app')?.(new Request('app://rekey/not-built.html'));
    expect(answer?.status).toBe(404);
    expect(answer?.headers.get('Content-Security-Policy')).toBe(policy);
  });
});

describe('the policy', () => {
  it('allows our own scripts, styles, images and fonts, and nothing else', () => {
    expect(CONTENT_SECURITY_POLICY).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('an address of ours', () => {
  it('is known again with its page and its request', () => {
    expect(pageOf(mainPageUrl())).toBe('index.html');
    expect(pageOf(mainPageUrl('/rotation/1'))).toBe('index.html');
    expect(pageOf(confirmationUrl('a&b=c'))).toBe('confirmation.html');
    expect(approvalIn(confirmationUrl('a&b=c'))).toBe('a&b=c');
    expect(approvalIn(mainPageUrl())).toBeNull();
    expect(approvalIn('app://rekey/confirmation.html')).toBeNull();
  });

  it.each([
    'https://rekey/index.html',
    'app://rekey.example/index.html',
    'app://user@rekey/index.html',
    'app://rekey:1/index.html',
    'app://rekey/index.html/',
    'app://rekey/a/index.html',
    'app:index.html',
    'file:///index.html',
    'about:blank',
    '',
  ])('is not %s', (address) => {
    expect(pageOf(address)).toBeNull();
  });
});
