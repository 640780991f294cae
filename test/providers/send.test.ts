import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpError, type HttpRequest } from '../../main/providers/http.ts';
import { send } from '../../main/providers/send.ts';
import manifest from '../../package.json' with { type: 'json' };
import { LIMITS } from './subject.ts';

const KEY = 'sk-live-marked-0123456789';
const servers: (Server | HttpServer)[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

describe('a request on the wire', () => {
  it('is exactly what was asked for, with the few headers that HTTP needs', async () => {
    const { url, received } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await send(post(url, { body: '{}', headers: { 'X-API-KEY': KEY, 'Content-Type': 'application/json' } }), LIMITS);
    const lines = received().split('\r\n');
    expect(lines[0]).toBe('POST /rotate HTTP/1.1');
    expect(lines.slice(1, -2).sort()).toEqual(
      [
        `Host: 127.0.0.1:${url.port}`,
        `User-Agent: rekey/${manifest.version}`,
        'Accept: application/json',
        'Accept-Encoding: identity',
        'Connection: close',
        'Content-Length: 2',
        'Content-Type: application/json',
        `X-API-KEY: ${KEY}`,
      ].sort(),
    );
    expect(lines.at(-1)).toBe('{}');
  });

  it('says that a POST without a body is empty, and gives it no content type', async () => {
    const { url, received } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await send(post(url), LIMITS);
    expect(received()).toContain('\r\nContent-Length: 0\r\n');
    expect(received()).not.toMatch(/content-type|transfer-encoding/i);
  });

  it('counts the bytes of a body, not its characters', async () => {
    const { url, received } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await send(post(url, { body: '"ключ"' }), LIMITS);
    expect(received()).toContain('\r\nContent-Length: 10\r\n');
  });

  it('has no body and no length when it only asks', async () => {
    const { url, received } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await send({ method: 'GET', url, headers: {}, body: null }, LIMITS);
    expect(received()).not.toMatch(/content-length|transfer-encoding/i);
  });

  it('has a connection of its own each time', async () => {
    let connections = 0;
    const url = await httpService((_, response) => response.end('{}'));
    servers.at(-1)?.on('connection', () => {
      connections += 1;
    });
    await send(post(url), LIMITS);
    await send(post(url), LIMITS);
    expect(connections).toBe(2);
  });
});

describe('an answer', () => {
  it('comes with its status, its headers in lower case and its bytes', async () => {
    const url = await httpService((_, response) => {
      response.writeHead(201, { 'X-Some': 'thing', 'Set-Cookie': ['a=1', 'b=2'] }).end(Buffer.from([0xff, 0x00]));
    });
    const answer = await send(post(url), LIMITS);
    expect(answer).toMatchObject({ status: 201, complete: true });
    expect(answer.headers).toMatchObject({ 'x-some': 'thing', 'set-cookie': 'a=1, b=2' });
    expect([...answer.body]).toEqual([0xff, 0x00]);
  });

  it.each([301, 302, 303, 307, 308])(
    'that redirects (%i) is an answer, and nothing is sent elsewhere',
    async (status) => {
      let elsewhere = 0;
      const other = await httpService((_, response) => {
        elsewhere += 1;
        response.end();
      });
      const url = await httpService((_, response) => response.writeHead(status, { Location: other.href }).end());
      expect(await send(post(url), LIMITS)).toMatchObject({ status, complete: true });
      expect(elsewhere).toBe(0);
    },
  );

  it.each([429, 500, 502, 503])('of %i is handed over after one request', async (status) => {
    let requests = 0;
    const url = await httpService((_, response) => {
      requests += 1;
      response.writeHead(status, { 'Retry-After': '0' }).end();
    });
    expect((await send(post(url), LIMITS)).status).toBe(status);
    expect(requests).toBe(1);
  });

  it('is kept up to the limit and no further', async () => {
    const url = await httpService((_, response) => response.end('x'.repeat(3_000)));
    const answer = await send(post(url), { ...LIMITS, maxBytes: 1_000 });
    expect(answer).toMatchObject({ status: 200, complete: false });
    expect(answer.body.toString()).toBe('x'.repeat(1_000));
  });

  it('of exactly the limit is whole', async () => {
    const url = await httpService((_, response) => response.end('x'.repeat(1_000)));
    const answer = await send(post(url), { ...LIMITS, maxBytes: 1_000 });
    expect(answer).toMatchObject({ complete: true });
    expect(answer.body).toHaveLength(1_000);
  });

  it('without an end is not read without an end', async () => {
    const url = await httpService((_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(50_000), () => setImmediate(more));
      };
      more();
    });
    const answer = await send(post(url), { ...LIMITS, maxBytes: 200_000 });
    expect(answer).toMatchObject({ complete: false });
    expect(answer.body).toHaveLength(200_000);
  });

  it('that breaks off is handed over as far as it came', async () => {
    const { url } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"api_key":"sk-l', {
      thenClose: true,
    });
    const answer = await send(post(url), LIMITS);
    expect(answer).toMatchObject({ status: 200, complete: false });
    expect(answer.body.toString()).toBe('{"api_key":"sk-l');
  });

  it('that breaks off between chunks is not whole', async () => {
    const raw = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n';
    const { url } = await rawService(raw, { thenClose: true });
    const answer = await send(post(url), LIMITS);
    expect(answer).toMatchObject({ complete: false });
    expect(answer.body.toString()).toBe('{"a":');
  });

  it('that drips is cut off when its time is over, and what came is handed over', async () => {
    const url = await httpService((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const started = performance.now();
    const answer = await send(post(url), { ...LIMITS, timeoutMs: 700 });
    expect(answer).toMatchObject({ status: 200, complete: false });
    expect(answer.body.length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('that is not HTTP is handed over as the bytes that came, with status 0', async () => {
    const { url } = await rawService(`AHOY the key is ${KEY}\r\n\r\n`, { thenClose: true });
    const answer = await send(post(url), LIMITS);
    expect(answer).toMatchObject({ status: 0, complete: false });
    expect(answer.body.toString()).toContain(KEY);
  });
});

describe('a request that gets no answer', () => {
  it('was not sent when nobody listens, and the error names the origin only', async () => {
    const { url } = await rawService('');
    await stopLast();
    const error = await failure(post(new URL(`${url.href}?key=hidden`)));
    expect(error).toMatchObject({ code: 'not-sent' });
    expect(error.message).toBe(`${url.origin} could not be reached: it refused the connection. Nothing was sent.`);
  });

  it('was not sent when the other side does not speak TLS', async () => {
    const { url } = await rawService('HTTP/1.1 400 Bad Request\r\n\r\n', { thenClose: true });
    const error = await failure(post(new URL(`https://127.0.0.1:${url.port}/rotate`)));
    expect(error).toMatchObject({ code: 'not-sent' });
  });

  it('was not sent when TLS is never established in time', async () => {
    const { url } = await silentService();
    const error = await failure(post(new URL(`https://127.0.0.1:${url.port}/rotate`)), 200);
    expect(error).toMatchObject({ code: 'not-sent' });
  });

  it('may have arrived when the connection is closed in silence', async () => {
    const { url } = await rawService('', { thenClose: true });
    expect(await failure(post(url))).toMatchObject({ code: 'no-answer' });
  });

  it('may have arrived when time runs out', async () => {
    const { url } = await silentService();
    const error = await failure(post(url), 500);
    expect(error).toMatchObject({ code: 'no-answer' });
    expect(error.message).toContain('longer than 0.5 seconds');
  });

  it('may have arrived when it is cancelled on the way, and was not sent when it is cancelled before', async () => {
    const { url, arrived } = await silentService();
    const controller = new AbortController();
    const sent = send(post(url), { ...LIMITS, signal: controller.signal });
    arrived.then(() => controller.abort());
    await expect(sent).rejects.toMatchObject({ code: 'no-answer' });
    await expect(send(post(url), { ...LIMITS, signal: controller.signal })).rejects.toMatchObject({ code: 'not-sent' });
  });
});

describe('a key', () => {
  it.each([
    'http://api.bitscale.ai',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
  ])('never travels to %s, without encryption', async (address) => {
    const error = await failure(post(new URL(address), { headers: { 'X-API-KEY': KEY } }));
    expect(error).toMatchObject({ code: 'not-sent' });
    expect(error.message).toContain('without encryption');
  });

  it.each(['127.0.0.1', 'localhost', '127.8.9.1'])('may travel to this machine itself as %s', async (host) => {
    const { url } = await rawService('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', { host: '0.0.0.0' });
    const answer = await send(post(new URL(`http://${host}:${url.port}/rotate`)), LIMITS);
    expect(answer.status).toBe(200);
  });

  it.each(['a\r\nX-Other: 1', 'a\nb', 'a\0b', 'ключ', 'a\u00e9'])(
    'that can’t stand in a header (%j) is refused before anything is sent, and not repeated',
    async (value) => {
      const { url, received } = await rawService('');
      const error = await failure(post(url, { headers: { 'X-API-KEY': `marked${value}` } }));
      expect(error).toMatchObject({ code: 'not-sent' });
      expect(error.message).toContain('X-API-KEY');
      expect(JSON.stringify(error.view)).not.toContain('marked');
      expect(received()).toBe('');
    },
  );

  it('stands in no error, whatever goes wrong', async () => {
    const { url } = await rawService('', { thenClose: true });
    const marked = new URL(`${url.href}/${KEY}`);
    const error = await failure(post(marked, { headers: { 'X-API-KEY': KEY }, body: KEY }));
    expect(JSON.stringify([error.view, error.stack, error.cause, Object.entries(error)])).not.toContain(KEY);
  });
});

function post(url: URL, partial: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url, headers: {}, body: null, ...partial };
}

async function failure(request: HttpRequest, timeoutMs = LIMITS.timeoutMs): Promise<HttpError> {
  const error: unknown = await send(request, { ...LIMITS, timeoutMs }).catch((thrown: unknown) => thrown);
  if (!(error instanceof HttpError)) throw new Error('the request should have failed');
  return error;
}

async function httpService(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rotate`);
}

/** A service that sends these very bytes once a whole request has come, and keeps what it got. */
async function rawService(bytes: string, { thenClose = false, host = '127.0.0.1' } = {}) {
  const got: Buffer[] = [];
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      got.push(chunk);
      if (thenClose) socket.end(bytes);
      else socket.write(bytes);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rotate`);
  return { url, received: () => Buffer.concat(got).toString('latin1') };
}

/** A service that takes the request and says nothing. */
async function silentService() {
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const server = createTcpServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('data', () => arrive());
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/rotate`), arrived };
}

async function stopLast(): Promise<void> {
  const server = servers.pop();
  await new Promise((resolve) => server?.close(resolve));
}
