import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from '../../calls/caller.ts';
import type { Core } from '../../calls/dispatch.ts';
import { errorView, RekeyError } from '../../errors.ts';
import { pageHeaders } from '../pages/content-security-policy.ts';
import { readPageFile } from '../pages/page-file.ts';
import { browserName } from './browser-name.ts';
import type { EventStreams } from './event-streams.ts';
import { jsonBody } from './json-body.ts';
import type { OneTimeTokens } from './one-time-tokens.ts';
import { refuseForeign } from './own-requests.ts';
import { PageAccessError } from './page-access-error.ts';
import { PAGE_HEADER, PageSessions } from './page-sessions.ts';

interface Parts {
  readonly core: Core;
  /** The folder of the built pages. */
  readonly pages: string;
  readonly tokens: OneTimeTokens;
  readonly streams: EventStreams;
}

const CALL_PATH = '/call/';

/** Any program of this machine can connect: it must not use up the files that this process may have open. */
const MOST_CONNECTIONS = 256;

/** A token and what stands around it: nobody who is not signed in is listened to for longer. */
const MOST_SIGN_IN_BYTES = 1_000;

const HEADERS = pageHeaders("'self'");

/**
 * The pages and their calls over HTTP, on 127.0.0.1 and nowhere else.
 * @param port 0 for any free one.
 */
export async function servePages(parts: Parts, port: number): Promise<{ server: Server; port: number }> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = (server.address() as AddressInfo).port; // a TCP server that listens has such an address
  const sessions = new PageSessions(bound);
  server.on('request', (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    answer(request, response, parts, sessions, bound).catch((error: unknown) => sendFailure(request, response, error));
  });
  return { server, port: bound };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: Parts,
  sessions: PageSessions,
  port: number,
): Promise<void> {
  refuseForeign(request, port);
  const path = request.url?.split(/[?#]/, 1)[0] ?? '/';
  if (request.method === 'POST') {
    if (path === '/session') return openSession(request, response, parts.tokens, sessions);
    if (path.startsWith(CALL_PATH)) {
      requireSession(request, sessions);
      const result = await parts.core.callUntyped(
        path.slice(CALL_PATH.length),
        await jsonBody(request),
        callerOf(request),
      );
      return sendJson(response, 200, { result });
    }
  } else if (request.method === 'GET' || request.method === 'HEAD') {
    if (path !== '/events') return sendPage(request, response, parts.pages, path);
    requireSession(request, sessions);
    return parts.streams.add(response);
  }
  throw new PageAccessError(405, 'wrong-method', 'Rekey has nothing to answer to that.', 'Load the page again.');
}

async function openSession(
  request: IncomingMessage,
  response: ServerResponse,
  tokens: OneTimeTokens,
  sessions: PageSessions,
): Promise<void> {
  const body = await jsonBody(request, MOST_SIGN_IN_BYTES);
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null;
  if (typeof token !== 'string' || !tokens.take(token)) {
    throw new PageAccessError(
      403,
      'token-not-valid',
      'This way into Rekey was used before or is too old. Nothing was changed.',
      'Open Rekey again with `rekey serve` in a terminal.',
    );
  }
  const { pageKey, setCookie } = sessions.open(sessions.cookieIn(request.headers.cookie));
  response.setHeader('Set-Cookie', setCookie);
  sendJson(response, 200, { result: { pageKey } });
}

function requireSession(request: IncomingMessage, sessions: PageSessions): void {
  const header = request.headers[PAGE_HEADER];
  const pageKey = typeof header === 'string' ? header : null;
  if (sessions.holds({ cookie: sessions.cookieIn(request.headers.cookie), pageKey })) return;
  throw new PageAccessError(
    401,
    'page-not-signed-in',
    'This page is not signed in to Rekey. Nothing was changed.',
    'Open Rekey again with `rekey serve` in a terminal.',
  );
}

function callerOf(request: IncomingMessage): Caller {
  return { carrier: 'page', program: browserName(request.headers['user-agent']), pid: null, client: null };
}

async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  path: string,
): Promise<void> {
  const file = await readPageFile(folder, path === '/' ? '/index.html' : path);
  if (!file) {
    throw new PageAccessError(404, 'no-such-page', 'There is no such page.', 'Go to the start page of Rekey.');
  }
  const { bytes, contentType, immutable } = file;
  response.writeHead(200, {
    'Content-Type': contentType,
    'Content-Length': bytes.length,
    'Cache-Control': immutable ? 'public, max-age=31536000, immutable' : 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

function sendFailure(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // What is left of the body is not read: the connection can't be used for another request.
  if (!request.complete) response.setHeader('Connection', 'close');
  sendJson(response, statusOf(error), { failure: errorView(error) });
}

function statusOf(error: unknown): number {
  if (error instanceof PageAccessError) return error.status;
  return error instanceof RekeyError ? 422 : 500;
}
