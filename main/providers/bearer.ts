import type { Secret } from '../credentials/secret.ts';
import { endpoint } from './base-url.ts';
import type { HttpRequest } from './http.ts';
import type { Subject } from './provider.ts';

/** A request with the key as a bearer token. @param body written as JSON, where there is one. */
export function bearerRequest(
  { baseUrl }: Subject,
  key: Secret,
  method: HttpRequest['method'],
  path: string,
  body?: Readonly<Record<string, unknown>>,
): HttpRequest {
  const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
  return {
    method,
    url: endpoint(baseUrl, path),
    headers: { Authorization: `Bearer ${key.reveal()}`, ...type },
    body: body === undefined ? null : JSON.stringify(body),
  };
}
