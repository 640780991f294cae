import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type Pages, startPages } from './pages.ts';

let pages: Pages;
beforeAll(async () => {
  pages = await startPages();
});
afterAll(() => pages.close());

const codeOf = ({ text }: Answer): string => JSON.parse(text).failure.code;

describe('a call that is signed in', () => {
  /** Names and addresses under which a foreign page could have this machine reached. */
  const HOSTS: readonly ((port: number) => string)[] = [
    (port) => `rekey.evil.example:${port}`,
    (port) => `127.0.0.1.nip.io:${port}`,
    (port) => `localhost.evil.example:${port}`,
    (port) => `localhost.:${port}`,
    (port) => `LOCALHOST:${port}`,
    (port) => `[::1]:${port}`,
    (port) => `[::ffff:127.0.0.1]:${port}`,
    (port) => `127.1:${port}`,
    (port) => `2130706433:${port}`,
    (port) => `0x7f.0.0.1:${port}`,
    (port) => `127.0.0.1:${port + 1}`,
    (port) => `127.0.0.1:0${port}`,
    (port) => `127.0.0.1:${port}:${port}`,
    (port) => `user@127.0.0.1:${port}`,
    (port) => `127.0.0.1:${port}/`,
    (port) => `127.0.0.1:${port}, rekey.evil.example`,
    () => '127.0.0.1',
    () => 'localhost',
  ];
  it.each(HOSTS.map((hostAt) => [hostAt(4711), hostAt] as const))('for the host %s is refused', async (_, hostAt) => {
    const host = hostAt(pages.port);
    const answer = await pages.call('listCredentials', '{}', { host, origin: `http://${host}` });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign-page']);
    await pages.unharmed(answer.text);
  });

  const ORIGINS: readonly ((port: number) => string)[] = [
    () => 'null',
    () => '',
    () => 'http://evil.example',
    (port) => `https://127.0.0.1:${port}`,
    (port) => `http://127.0.0.1:${port + 1}`,
    (port) => `http://localhost:${port}`,
    (port) => `http://127.0.0.1:${port}/`,
    (port) => `http://127.0.0.1:${port}.evil.example`,
    (port) => `http://127.0.0.1:${port}@evil.example`,
    (port) => `HTTP://127.0.0.1:${port}`,
    (port) => `http://127.0.0.1:${port} http://evil.example`,
    (port) => `http://127.0.0.1:${port}, http://evil.example`,
  ];
  it.each(ORIGINS.map((originAt) => [originAt(4711), originAt] as const))(
    'from the origin “%s” is refused',
    async (_, originAt) => {
      const answer = await pages.call('listCredentials', '{}', { origin: originAt(pages.port) });
      expect([answer.status, codeOf(answer)]).toEqual([403, 'foreign-page']);
      await pages.unharmed(answer.text);
    },
  );

  it('with two origins, ours and another, is refused', async () => {
    const origin = [`http://127.0.0.1:${pages.port}`, 'http://evil.example'];
    expect(codeOf(await pages.call('listCredentials', '{}', { origin }))).toBe('foreign-page');
    await pages.unharmed();
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    '',
    'approve%00',
    'approve/',
    '../session',
    '%2e%2e/session',
    'LISTCREDENTIALS',
    'x'.repeat(8_000),
  ])('by the name “%s” is unknown', async (name) => {
    const answer = await pages.call(name, '{}');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(['unknown-call', 'wrong-method']).toContain(codeOf(answer));
    await pages.unharmed(answer.text);
  });

  const DEEP = 100_000;
  it.each<[string, string | Buffer, Record<string, string>]>([
    ['100,000 levels', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`, {}],
    ['100,000 levels in a field', `{"credential":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`, {}],
    ['a prototype', '{"__proto__":{"credential":"work"},"constructor":{"prototype":{"x":1}}}', {}],
    ['UTF-8 that is none', Buffer.from([0x22, 0xc3, 0x28, 0x22]), {}],
    ['UTF-16', Buffer.from('{"credential":"work"}', 'utf16le'), {}],
    ['a bomb of gzip', gzipSync(Buffer.alloc(100_000_000)), { 'content-encoding': 'gzip' }],
    ['the type of a form', 'credential=work', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['the type of text', '{"credential":"work"}', { 'content-type': 'text/plain;application/json' }],
    ['no type', '{"credential":"work"}', { 'content-type': '' }],
    ['nothing at all', '', {}],
  ])('with a body of %s is refused without a word of it', async (_, body, headers) => {
    const answer = await pages.call('requestRotation', body, headers);
    expect([400, 422]).toContain(answer.status);
    expect(['body-not-json', 'bad-input']).toContain(codeOf(answer));
    await pages.unharmed(answer.text);
  });

  it('whose body holds a key and is broken is answered without the key', async () => {
    const { key } = pages.living;
    for (const body of [`{"key":"${key}"`, `{"name":"x","provider":"bitscale","key":["${key}"]}`, `"${key}"`]) {
      const answer = await pages.call('addCredential', body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      await pages.unharmed(answer.text);
    }
  });
});

describe('bytes that are no request of a browser', () => {
  const ours = (): string => `Host: 127.0.0.1:${pages.port}\r\n`;
  const cookies = (): string =>
    `Origin: http://127.0.0.1:${pages.port}\r\nContent-Type: application/json\r\n` +
    `Cookie: ${pages.signedIn.cookie}\r\nRekey-Page: ${pages.signedIn['rekey-page']}\r\n`;
  const list = (rest: string, body = ''): string => `POST /call/listCredentials HTTP/1.1\r\n${rest}\r\n${body}`;

  const RAW: readonly (readonly [what: string, bytes: () => string | Buffer, answer: RegExp])[] = [
    ['no host', () => list(cookies()), /^HTTP\/1.1 400 /],
    ['no host, as HTTP/1.0', () => `GET / HTTP/1.0\r\n\r\n`, /^HTTP\/1.1 403 /],
    [
      'a second host',
      () => list(`Host: evil.example\r\n${ours()}${cookies()}Content-Length: 2\r\n`, '{}'),
      /^HTTP\/1.1 40[03] /,
    ],
    [
      'a whole address as its target',
      () => `GET http://evil.example/index.html HTTP/1.1\r\n${ours()}\r\n`,
      /^HTTP\/1.1 404 /,
    ],
    [
      'a length and chunks',
      () => list(`${ours()}${cookies()}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`, '0\r\n\r\n'),
      /^HTTP\/1.1 400 /,
    ],
    [
      'two lengths',
      () => list(`${ours()}${cookies()}Content-Length: 2\r\nContent-Length: 200\r\n`, '{}'),
      /^HTTP\/1.1 400 /,
    ],
    ['a negative length', () => list(`${ours()}${cookies()}Content-Length: -1\r\n`, '{}'), /^HTTP\/1.1 400 /],
    [
      'chunks that are none',
      () => list(`${ours()}${cookies()}Transfer-Encoding: chunked\r\n`, 'zz\r\n{}\r\n'),
      /^HTTP\/1.1 400 /,
    ],
    [
      'a chunk of 16 exabytes',
      () => list(`${ours()}${cookies()}Transfer-Encoding: chunked\r\n`, 'ffffffffffffffff\r\n{}'),
      /^(HTTP\/1.1 4\d\d |$)/,
    ],
    [
      'lines without CR',
      () => list(`${ours()}${cookies()}Content-Length: 2\r\n`, '{}').replaceAll('\r', ''),
      /^HTTP\/1.1 400 /,
    ],
    ['a NUL in a header', () => list(`${ours()}${cookies()}X: a\0b\r\n`), /^HTTP\/1.1 400 /],
    ['a header of 20 KB', () => list(`${ours()}X: ${'x'.repeat(20_000)}\r\n`), /^HTTP\/1.1 431 /],
    ['a path of 20 KB', () => `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${ours()}\r\n`, /^HTTP\/1.1 431 /],
    ['CONNECT', () => `CONNECT evil.example:443 HTTP/1.1\r\n${ours()}\r\n`, /^$/],
    ['TRACE', () => `TRACE / HTTP/1.1\r\n${ours()}${cookies()}\r\n`, /^HTTP\/1.1 405 /],
    [
      'a wish for a web socket',
      () => `GET /events HTTP/1.1\r\n${ours()}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      /^HTTP\/1.1 401 /,
    ],
    ['HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1.1 4\d\d /],
    ['TLS', () => Buffer.from('160301020001000001fc0303', 'hex'), /^HTTP\/1.1 400 /],
    ['nothing that is HTTP', () => Buffer.alloc(100_000, 0xff), /^HTTP\/1.1 400 /],
  ];
  it.each(RAW)('%s are turned away', async (_, bytes, expected) => {
    const said = await pages.raw(bytes());
    expect(said).toMatch(expected);
    expect(said).not.toContain('"work"');
    await pages.unharmed(said);
  });

  it('as one request in the body of another are not answered as a second one', async () => {
    const inside = list(`${ours()}${cookies()}Content-Length: 2\r\n`, '{}');
    const outside = `POST /call/getStatus HTTP/1.1\r\nHost: evil.example\r\nContent-Length: ${inside.length}\r\n\r\n`;
    const said = await pages.raw(outside + inside);
    expect(said.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
    expect(said).toMatch(/^HTTP\/1.1 403 /);
    await pages.unharmed(said);
  });

  it('on 400 connections at once are not all listened to, and leave room for the page when some are gone', async () => {
    const sockets = Array.from({ length: 400 }, () => connect(pages.port, '127.0.0.1').on('error', () => {}));
    for (const socket of sockets) socket.write(`GET / HTTP/1.1\r\n${ours()}`);
    const open = (): number => sockets.filter(({ destroyed }) => !destroyed).length;
    await expect.poll(open).toBeLessThanOrEqual(256);
    expect(open()).toBeGreaterThan(200);
    for (const socket of sockets) socket.destroy();
    await expect
      .poll(() =>
        pages.unharmed().then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });
});
