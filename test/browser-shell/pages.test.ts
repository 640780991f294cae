import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageHeaders } from '../../main/shells/pages/content-security-policy.ts';
import { ShellUnderTest } from './shell-under-test.ts';

const policy = pageHeaders("'self'")['Content-Security-Policy'];

let test: ShellUnderTest;
const host = () => ({ host: `127.0.0.1:${test.port}` });
beforeAll(async () => {
  test = await ShellUnderTest.start();
});
afterAll(() => test.stop());

describe('the pages', () => {
  it('are served with their types; HTML is never cached and hashed files always are', async () => {
    const files = [
      ['/', 'text/html; charset=utf-8', 'no-store'],
      ['/index.html?x=1', 'text/html; charset=utf-8', 'no-store'],
      ['/confirmation.html?id=1', 'text/html; charset=utf-8', 'no-store'],
      ['/assets/app-abc123.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ] as const;
    for (const [path, type, cache] of files) {
      const { status, headers } = await test.send(path, { headers: host() });
      expect([path, status, headers['content-type'], headers['cache-control']]).toEqual([path, 200, type, cache]);
    }
  });

  it('come with the policy that allows nothing but our own files, and so does every refusal', async () => {
    const answers = [
      await test.send('/', { headers: host() }),
      await test.send('/nothing', { headers: host() }),
      await test.send('/', { headers: { host: 'evil.example' } }),
      await test.post('/call/getStatus', {}),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 403, 401]);
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toBe(policy);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it('are all that is served: no path leads out of their folder or to a hidden file', async () => {
    const ways = [
      '/../outside.js',
      '/%2e%2e/outside.js',
      '/assets/../../outside.js',
      '/assets/..%2f..%2foutside.js',
      '/..%5coutside.js',
      '/..\\outside.js',
      '//outside.js',
      '/assets//app-abc123.js',
      '/.hidden.js',
      '/%00.js',
      '/%E0%A4%A.js',
      '/C:/outside.js',
      '/assets',
      '/assets/',
      '/nothing.js',
      '/index.html/x.js',
    ];
    for (const path of ways) {
      const { status, text } = await test.send(path, { headers: host() });
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain('outside');
    }
  });

  it('can be reached by a link from elsewhere, but not be loaded from elsewhere', async () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await test.send('/', { headers: { ...host(), ...link } })).status).toBe(200);
    for (const change of [{ 'sec-fetch-mode': 'cors' }, { 'sec-fetch-dest': 'iframe' }]) {
      expect((await test.send('/', { headers: { ...host(), ...link, ...change } })).status).toBe(403);
    }
  });

  it('are listened for on 127.0.0.1 only', () => {
    expect(new URL(test.shell.url).hostname).toBe('127.0.0.1');
  });

  it('answer HEAD without a body', async () => {
    const { status, text } = await test.send('/', { method: 'HEAD', headers: host() });
    expect([status, text]).toEqual([200, '']);
  });
});
