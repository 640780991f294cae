import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Pages, startPages } from './pages.ts';

let pages: Pages;
let others: Pages;
beforeAll(async () => {
  [pages, others] = [await startPages(), await startPages()];
});
afterAll(async () => {
  await pages.close();
  await others.close();
});

const own = (extra: Record<string, string> = {}): Record<string, string> => ({
  host: `127.0.0.1:${pages.port}`,
  origin: `http://127.0.0.1:${pages.port}`,
  'content-type': 'application/json',
  ...extra,
});
const signIn = (token: unknown): Promise<Answer> => pages.send('POST', '/session', own(), JSON.stringify({ token }));
const call = (proof: Record<string, string>): Promise<Answer> =>
  pages.send('POST', '/call/listCredentials', own(proof), '{}');

describe('a one-time token', () => {
  const MISPLACED: readonly (readonly [where: string, use: (token: string) => Promise<Answer>])[] = [
    ['in the address', (token) => pages.send('POST', `/session?token=${token}`, own(), '{}')],
    ['in a GET', (token) => pages.send('GET', `/session?token=${token}`, own())],
    ['in the path', (token) => pages.send('POST', `/session/${token}`, own(), '{}')],
    ['as a bearer', (token) => pages.send('POST', '/session', own({ authorization: `Bearer ${token}` }), '{}')],
    [
      'in a cookie',
      (token) => pages.send('POST', '/session', own({ cookie: `token=${token}; rekey-${pages.port}=${token}` }), '{}'),
    ],
    ['as the page’s key', (token) => call({ 'rekey-page': token, cookie: `rekey-${pages.port}=${token}` })],
    ['in a list', (token) => signIn([token])],
    ['in an object', (token) => signIn({ token })],
    [
      'in a form',
      (token) =>
        pages.send('POST', '/session', own({ 'content-type': 'application/x-www-form-urlencoded' }), `token=${token}`),
    ],
    ['with a letter too many', (token) => signIn(`${token}x`)],
    ['in capitals', (token) => signIn(token.toUpperCase())],
    [
      'from a foreign page',
      (token) => pages.send('POST', '/session', own({ origin: 'http://evil.example' }), JSON.stringify({ token })),
    ],
  ];
  it.each(MISPLACED)('%s opens nothing, and is not used up', async (_, use) => {
    const token = await pages.token();
    const answer = await use(token);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.text).not.toContain(token);
    expect((await signIn(token)).status).toBe(200);
    await pages.unharmed(answer.text);
  });

  it('that ten use at once opens one session', async () => {
    const token = await pages.token();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(token)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 403)]);
    await pages.unharmed();
  });

  it('is not guessed, however often', async () => {
    const token = await pages.token();
    for (let tries = 0; tries < 500; tries++) expect((await signIn(`${token.slice(0, -3)}${tries}`)).status).toBe(403);
    expect((await signIn(token)).status).toBe(200);
    await pages.unharmed();
  });

  it('of another Rekey opens nothing here', async () => {
    expect((await signIn(await others.token())).status).toBe(403);
    await pages.unharmed();
  });

  it('is not read out of more than 1,000 bytes', async () => {
    const token = await pages.token();
    const body = JSON.stringify({ more: 'x'.repeat(1_000), token });
    const answer = await pages.send('POST', '/session', own(), body);
    expect([answer.status, JSON.parse(answer.text).failure.code]).toEqual([413, 'body-too-large']);
    expect((await signIn(token)).status).toBe(200);
  });
});

describe('a session', () => {
  it('of another browser, or of another Rekey, does not go with half of this one', async () => {
    const mine = pages.signedIn;
    const another = await pages.signIn();
    const foreign = others.signedIn;
    const renamed = foreign.cookie.replace(`rekey-${others.port}`, `rekey-${pages.port}`);
    const proofs: Record<string, string>[] = [
      { cookie: mine.cookie, 'rekey-page': another['rekey-page'] },
      { cookie: another.cookie, 'rekey-page': mine['rekey-page'] },
      { ...foreign },
      { cookie: renamed, 'rekey-page': foreign['rekey-page'] },
      { cookie: mine.cookie, 'rekey-page': foreign['rekey-page'] },
      { cookie: renamed, 'rekey-page': mine['rekey-page'] },
      { cookie: `${mine.cookie}x`, 'rekey-page': mine['rekey-page'] },
      { cookie: mine.cookie.toUpperCase(), 'rekey-page': mine['rekey-page'] },
      { cookie: `${mine.cookie.split('=')[0]}=`, 'rekey-page': '' },
    ];
    for (const proof of proofs) expect((await call(proof)).status).toBe(401);
    expect((await call({ ...mine })).status).toBe(200);
    await pages.unharmed();
  });

  it('is asked for by the events too', async () => {
    for (const proof of [{}, { cookie: pages.signedIn.cookie }, { ...others.signedIn }])
      expect((await pages.send('GET', '/events', own(proof))).status).toBe(401);
    await pages.unharmed();
  });
});
