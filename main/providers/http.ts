import { RekeyError } from '../errors.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  /** Header names as the service documents them; values may hold the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text, or null for no body at all (`Content-Length: 0` where the method may have one, no content type). */
  readonly body: string | null;
}

export interface HttpAnswer {
  /** 0 when what came was not HTTP; the body then holds the bytes that came. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** False when the connection broke, time ran out or the limit was reached before the end of the body. */
  readonly complete: boolean;
}

/** `not-sent`: no byte of the request can have reached the service. `no-answer`: it may have. */
export class HttpError extends RekeyError<'not-sent' | 'no-answer'> {}

export interface SendOptions {
  /** Milliseconds from the call to the end of the answer. */
  readonly timeoutMs: number;
  /** Bytes of body that are kept; past them the answer is `complete: false`. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
}

/** Sends one request, once. @throws {HttpError} */
export type Send = (request: HttpRequest, options: SendOptions) => Promise<HttpAnswer>;
