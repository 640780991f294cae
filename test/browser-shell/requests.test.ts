import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShellUnderTest, type SignedIn } from './shell-under-test.ts';

let test: ShellUnderTest;
let signedIn: SignedIn;
beforeAll(async () => {
  test = await ShellUnderTest.start();
  signedIn = await test.signIn();
});
afterAll(() => test.stop());

const call = (headers: Record<string, string> = {}) =>
  test.post('/call/getStatus', {}, { ...signedIn, 'user-agent': 'Mozilla/5.0 Firefox/140.0', ...headers });
const code = (text: string) => (JSON.parse(text) as { failure: { code: string } }).failure.code;

describe('a call from a page', () => {
  it('reaches the core as a call of a page, with the name of the browser', async () => {
    const answer = await call();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ result: { echo: {} } });
    expect(test.core.asked.at(-1)).toEqual({
      name: 'getStatus',
      input: {},
      caller: { carrier: 'page', program: 'Firefox', pid: null, client: null },
    });
  });

  it('is refused without the cookie, without the page key, and with a wrong one of either', async () => {
    const { cookie, 'rekey-page': pageKey } = signedIn;
    const name = cookie.split('=')[0];
    const proofs: Record<string, string>[] = [
      {},
      { cookie },
      { 'rekey-page': pageKey },
      { cookie, 'rekey-page': 'wrong' },
      { cookie: `${name}=wrong`, 'rekey-page': pageKey },
      { cookie: cookie.replace(`${name}`, 'rekey-1'), 'rekey-page': pageKey },
    ];
    for (const proof of proofs) {
      const before = test.core.asked.length;
      const answer = await test.post('/call/getStatus', {}, proof);
      expect([answer.status, code(answer.text)]).toEqual([401, 'page-not-signed-in']);
      expect(test.core.asked).toHaveLength(before);
    }
  });

  it('is refused when it is addressed to another name or port', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${test.port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `0.0.0.0:${test.port}`,
    ]) {
      const answer = await call({ host, origin: `http://${host}` });
      expect([host, answer.status, code(answer.text)]).toEqual([host, 403, 'foreign-page']);
    }
  });

  it('is taken under the name localhost too, if the origin says the same', async () => {
    const host = `localhost:${test.port}`;
    expect((await call({ host, origin: `http://${host}` })).status).toBe(200);
    expect((await call({ host, origin: test.origin })).status).toBe(403);
  });

  it('is refused from another origin and without one', async () => {
    const strangers = ['http://evil.example', 'null', `https://127.0.0.1:${test.port}`, 'http://127.0.0.1:1', ''];
    for (const origin of strangers) {
      expect([origin, (await call({ origin })).status]).toEqual([origin, 403]);
    }
    const withoutOrigin = await test.send('/call/getStatus', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signedIn },
      body: '{}',
    });
    expect(withoutOrigin.status).toBe(403);
  });

  it('is refused when the browser says that another site sent it', async () => {
    expect((await call({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await call({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await call({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status).toBe(403);
  });

  it('is refused when its body is no JSON, without a word of the body', async () => {
    const send = (body: string, type = 'application/json') =>
      test.send('/call/getStatus', {
        method: 'POST',
        headers: { origin: test.origin, 'content-type': type, ...signedIn },
        body,
      });
    const broken = await send('{"key": "sk-live-secret"');
    expect([broken.status, code(broken.text)]).toEqual([400, 'body-not-json']);
    expect(broken.text).not.toContain('sk-live-secret');
    expect((await send('{}', 'text/plain')).status).toBe(400);
    expect((await send('')).status).toBe(400);
  });

  it('is refused when its body is larger than 1 MB, also when it does not say so', async () => {
    const body = JSON.stringify('x'.repeat(1_000_001));
    const headers = { origin: test.origin, 'content-type': 'application/json', ...signedIn };
    const refusals = await Promise.all([
      test
        .send('/call/getStatus', { method: 'POST', headers: { ...headers, 'content-length': `${body.length}` } })
        .catch((error: Error) => error),
      test
        .send('/call/getStatus', { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, body })
        .catch((error: Error) => error),
    ]);
    const before = test.core.asked.length;
    for (const refusal of refusals) {
      // The connection is closed at once, which a client in the middle of sending may see before the answer.
      if (!(refusal instanceof Error)) expect([refusal.status, code(refusal.text)]).toEqual([413, 'body-too-large']);
    }
    expect(test.core.asked).toHaveLength(before);
    expect((await call()).status).toBe(200);
  });

  it('that fails is answered with the code, the words and the way out', async () => {
    const answer = await test.post('/call/unknown', {}, { ...signedIn });
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.text)).toEqual({
      failure: { code: 'unknown-call', message: 'Not known.', wayOut: 'Update.' },
    });
  });

  it('that breaks something in Rekey is answered without the unvetted words of the error', async () => {
    const answer = await test.post('/call/broken', {}, { ...signedIn });
    expect([answer.status, code(answer.text)]).toEqual([500, 'internal']);
    expect(answer.text).not.toContain('sk-live-secret');
  });

  it('by another method than POST is no call', async () => {
    expect((await test.send('/call/getStatus', { headers: { ...signedIn } })).status).toBe(404);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await test.send('/call/getStatus', { method, headers: { ...signedIn } })).status).toBe(405);
    }
  });
});
