import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { HttpAnswer } from './http.ts';

/** Names from the top of a JSON document to a field. */
export type Path = readonly string[];

/** Past this a small compressed body would be a trap. */
const MOST_DECODED_BYTES = 4_000_000;

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** The body as JSON, or undefined when it isn't; a byte order mark is passed over. */
export function jsonBody(answer: HttpAnswer): unknown {
  try {
    // `TextDecoder` drops the byte order mark.
    return JSON.parse(new TextDecoder().decode(decodedBody(answer)));
  } catch {
    return undefined;
  }
}

/** Whether some page for people came: a proxy's, a firewall's or a hotel's, not the word of the service's interface. */
export function isWebPage(answer: HttpAnswer): boolean {
  if (answer.headers['content-type']?.toLowerCase().includes('html')) return true;
  return /^\s*</.test(decodedBody(answer).subarray(0, 200).toString('utf8').replace('\ufeff', ''));
}

/** What stands at `path`, or undefined. Only own fields count, so that no name reaches a prototype. */
export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
    document,
  );
}

/** The first text that is not empty at one of `paths`, or null. */
export function textAt(document: unknown, paths: readonly Path[]): string | null {
  for (const path of paths) {
    const value = valueAt(document, path);
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/**
 * The body without its compression. Rekey asks for none, but a gateway that compresses all the same must not cost the
 * key; of a body that broke off, the part that came is decoded.
 */
export function decodedBody({ body, headers }: Pick<HttpAnswer, 'body' | 'headers'>): Buffer {
  const encoding = headers['content-encoding']?.trim().toLowerCase();
  const partial = { maxOutputLength: MOST_DECODED_BYTES, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    if (encoding === 'br') {
      const flush = { maxOutputLength: MOST_DECODED_BYTES, finishFlush: constants.BROTLI_OPERATION_FLUSH };
      return brotliDecompressSync(body, flush);
    }
    if (encoding === 'deflate') return inflateSync(body, partial);
    const gzip = body.length > 2 && body[0] === 0x1f && body[1] === 0x8b;
    return gzip ? gunzipSync(body, partial) : body;
  } catch {
    return body;
  }
}
