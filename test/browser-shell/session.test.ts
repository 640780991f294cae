import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OneTimeTokens } from '../../main/shells/browser/one-time-tokens.ts';
import { PageSessions } from '../../main/shells/browser/page-sessions.ts';
import { ShellUnderTest } from './shell-under-test.ts';

describe('a one-time token', () => {
  it('is 32 random bytes, never the same again', () => {
    const tokens = new OneTimeTokens(Date.now);
    const [one, other] = [tokens.issue(), tokens.issue()];
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    expect(one).not.toBe(other);
  });

  it('is taken once, and tells that it was', () => {
    const tokens = new OneTimeTokens(Date.now);
    let told = 0;
    const token = tokens.issue(() => told++);
    expect([tokens.take(token), tokens.take(token), told]).toEqual([true, false, 1]);
  });

  it('is not taken any longer after 10 minutes', () => {
    let now = 0;
    const tokens = new OneTimeTokens(() => now);
    const [early, late] = [tokens.issue(), tokens.issue()];
    now = 10 * 60_000 - 1;
    expect(tokens.take(early)).toBe(true);
    now = 10 * 60_000;
    expect(tokens.take(late)).toBe(false);
  });
});

describe('a session', () => {
  it('needs both of its halves, and both of the same session', () => {
    const sessions = new PageSessions(4711);
    const cookieOf = (setCookie: string) => sessions.cookieIn(setCookie.split(';')[0]);
    const one = sessions.open(null);
    const other = sessions.open(null);
    expect(sessions.holds({ cookie: cookieOf(one.setCookie), pageKey: one.pageKey })).toBe(true);
    expect(sessions.holds({ cookie: cookieOf(one.setCookie), pageKey: other.pageKey })).toBe(false);
    expect(sessions.holds({ cookie: null, pageKey: one.pageKey })).toBe(false);
    expect(sessions.holds({ cookie: cookieOf(one.setCookie), pageKey: null })).toBe(false);
  });

  it('forgets the oldest page when there are more than a person can have open', () => {
    const sessions = new PageSessions(4711);
    const first = sessions.open(null);
    const cookie = sessions.cookieIn(first.setCookie.split(';')[0]);
    const pages = Array.from({ length: 64 }, () => sessions.open(cookie));
    expect(sessions.holds({ cookie, pageKey: first.pageKey })).toBe(false);
    expect(pages.every(({ pageKey }) => sessions.holds({ cookie, pageKey }))).toBe(true);
  });
});

describe('signing in', () => {
  let test: ShellUnderTest;
  beforeAll(async () => {
    test = await ShellUnderTest.start();
  });
  afterAll(() => test.stop());

  it('hands out a cookie that no script can read and no other site can send', async () => {
    const answer = await test.post('/session', { token: await test.token() });
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toHaveLength(1);
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^rekey-${test.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is refused with a token that was used, made up, or is no token at all', async () => {
    const token = await test.token();
    expect((await test.post('/session', { token })).status).toBe(200);
    for (const body of [{ token }, { token: 'made-up' }, { token: 7 }, {}, null, []]) {
      const answer = await test.post('/session', body);
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.text)).toMatchObject({ failure: { code: 'token-not-valid' } });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('does not use up a token for a request from elsewhere', async () => {
    const token = await test.token();
    expect((await test.post('/session', { token }, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await test.post('/session', { token })).status).toBe(200);
  });

  it('of a second page leaves the first one signed in', async () => {
    const first = await test.signIn();
    const second = await test.signIn({ cookie: first.cookie });
    expect(second.cookie).toBe(first.cookie);
    expect((await test.post('/call/getStatus', {}, { ...first })).status).toBe(200);
    expect((await test.post('/call/getStatus', {}, { ...second })).status).toBe(200);
  });

  it('does not take over a cookie that the shell did not make', async () => {
    const { cookie } = await test.signIn({ cookie: `rekey-${test.port}=planted` });
    expect(cookie).not.toContain('planted');
  });
});

describe('after the program has ended', () => {
  const ended: ShellUnderTest[] = [];
  afterEach(async () => {
    for (const test of ended.splice(0)) await test.stop();
  });

  it('its sessions are of no use to the next one', async () => {
    const first = await ShellUnderTest.start();
    const proof = await first.signIn();
    await first.stop();
    const second = await ShellUnderTest.start();
    ended.push(second);
    expect((await second.post('/call/getStatus', {}, { ...proof })).status).toBe(401);
  });
});
