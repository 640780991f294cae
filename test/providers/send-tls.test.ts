import type { AddressInfo, Socket } from 'node:net';
import { createServer, getCACertificates, type Server, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../../main/providers/send.ts';
import { LIMITS } from './subject.ts';
import { testCertificate, testKey } from './test-certificate.ts';

const KEY = 'sk-live-marked-0123456789';
let server: Server;
let got: string;
const trusted = getCACertificates('default');
const sockets = new Set<Socket>();

beforeEach(() => {
  got = '';
});

afterEach(async () => {
  setDefaultCACertificates(trusted);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('over TLS', () => {
  it('a service whose certificate is trusted gets the request and answers', async () => {
    setDefaultCACertificates([testCertificate]);
    const url = await listen('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    expect(await post(url)).toMatchObject({ status: 200, complete: true });
    expect(got).toContain(`X-API-KEY: ${KEY}`);
  });

  it('a service whose certificate is not trusted gets nothing, and it was not sent', async () => {
    const url = await listen('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    await expect(post(url)).rejects.toMatchObject({
      code: 'not-sent',
      message: `${url.origin} could not be reached: its certificate is not trusted. Nothing was sent.`,
    });
    expect(got).toBe('');
  });

  it('a service whose certificate is for another name gets nothing', async () => {
    setDefaultCACertificates([testCertificate]);
    const url = await listen('');
    url.hostname = '127.0.0.2';
    await expect(post(url)).rejects.toMatchObject({ code: 'not-sent' });
    expect(got).toBe('');
  });

  it('a connection that is closed once TLS stood may have carried the request', async () => {
    setDefaultCACertificates([testCertificate]);
    const url = await listen('');
    await expect(post(url)).rejects.toMatchObject({ code: 'no-answer' });
    expect(got).toContain('POST /rotate');
  });
});

async function post(url: URL) {
  return send({ method: 'POST', url, headers: { 'X-API-KEY': KEY }, body: null }, LIMITS);
}

/** A service that sends these bytes once a request has come, and closes. */
async function listen(bytes: string): Promise<URL> {
  server = createServer({ key: testKey, cert: testCertificate }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
      socket.end(bytes);
    });
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/rotate`);
}
