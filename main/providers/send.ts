import { type ClientRequest, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import manifest from '../../package.json' with { type: 'json' };
import type { HttpAnswer, HttpRequest, Send, SendOptions } from './http.ts';
import { noAnswer, notSent, refusal } from './send-failures.ts';

/** Node takes 16 KB, and gives up what comes behind a larger head: the key. */
const MAX_HEAD_BYTES = 1_000_000;
/** Headers that are handed over, and characters of one: more has no ordinary answer, and all of it is kept on the disk. */
const MOST_HEADERS = 50;
const LONGEST_HEADER = 1_000;

/**
 * Sends one request over a connection of its own, once.
 *
 * Nothing is tried again and no redirect is followed, whatever comes (PROVIDERS.md, rule 1); Node's agent, which would
 * repeat a request when a kept connection turns out to be closed, isn't used. The messages of the errors name the
 * origin of the service only.
 */
export const send: Send = async (request, options) => {
  const refused = refusal(request);
  if (refused) throw refused;
  if (options.signal?.aborted) throw notSent(request.url, 'it was cancelled');
  return new Promise((resolve, reject) => exchange(request, options, resolve, reject));
};

function exchange(
  request: HttpRequest,
  { timeoutMs, maxBytes, signal }: SendOptions,
  resolve: (answer: HttpAnswer) => void,
  reject: (error: Error) => void,
): void {
  const { url } = request;
  const outgoing = open(request);
  let connected = false;
  let response: IncomingMessage | null = null;
  const kept: Buffer[] = [];
  let size = 0;

  const leave = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    outgoing.destroy();
  };
  const answered = (complete: boolean): void => {
    leave();
    if (response) resolve(answerOf(response, Buffer.concat(kept), complete));
  };
  /** No (more) answer comes. What did come is handed over: half an answer may hold the whole key. */
  const stopped = (why: string): void => {
    if (response) {
      answered(false);
      return;
    }
    leave();
    reject(connected ? noAnswer(url, why) : notSent(url, why));
  };
  const onAbort = (): void => stopped('it was cancelled');
  const timer = setTimeout(() => stopped(`it took longer than ${timeoutMs / 1_000} seconds`), timeoutMs);
  signal?.addEventListener('abort', onAbort);

  outgoing.on('socket', (socket) => {
    socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      connected = true;
    });
  });
  outgoing.on('error', (error) => {
    const raw = bytesOutsideHttp(error);
    if (response && raw && !isJson(Buffer.concat(kept))) kept.push(raw.subarray(0, Math.max(0, maxBytes - size)));
    if (response || !raw) {
      stopped(describe(error));
      return;
    }
    leave();
    resolve({ status: 0, headers: {}, body: raw.subarray(0, maxBytes), complete: false });
  });
  outgoing.on('response', (incoming) => {
    response = incoming;
    incoming.on('data', (chunk: Buffer) => {
      kept.push(chunk.subarray(0, Math.max(0, maxBytes - size)));
      size += chunk.length;
      if (size > maxBytes) answered(false);
    });
    incoming.on('end', () => answered(incoming.complete));
    incoming.on('error', () => answered(false));
    incoming.on('close', () => answered(false));
  });
  outgoing.on('close', () => stopped('the connection was closed'));
  outgoing.end(request.body ?? undefined);
}

function open({ method, url, headers, body }: HttpRequest): ClientRequest {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const length = method !== 'GET' || body !== null ? { 'Content-Length': String(Buffer.byteLength(body ?? '')) } : {};
  return request(url, {
    method,
    // A fresh agent: no connection is kept, or taken from another request.
    agent: false,
    maxHeaderSize: MAX_HEAD_BYTES,
    headers: {
      'User-Agent': `rekey/${manifest.version}`,
      Accept: 'application/json',
      // Compressed bytes of a broken answer could not be searched for the key.
      'Accept-Encoding': 'identity',
      ...headers,
      ...length,
    },
  });
}

function answerOf(response: IncomingMessage, body: Buffer, complete: boolean): HttpAnswer {
  return { status: response.statusCode ?? 0, headers: flat(response.headers), body, complete };
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  const all = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(all.filter((header) => header.join().length <= LONGEST_HEADER).slice(0, MOST_HEADERS));
}

/** Whether what was read of a body is enough, whatever comes behind it. */
function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

/** What the service sent where Node's parser gave up: it is no answer in HTTP, but the key may stand in it. */
function bytesOutsideHttp(error: Error): Buffer | null {
  return 'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : null;
}

/** Node's own message may quote what was sent or received, so only its code is taken. */
function describe(error: Error): string {
  return 'code' in error && typeof error.code === 'string'
    ? (REASONS[error.code] ?? error.code)
    : 'the connection broke';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'the connection broke',
  EPIPE: 'the connection broke',
  ENETUNREACH: 'there is no way to it from here',
  EHOSTUNREACH: 'there is no way to it from here',
  ETIMEDOUT: 'it does not respond',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};
