import type { IncomingMessage } from 'node:http';
import { PageAccessError } from './page-access-error.ts';

const MOST_BYTES = 1_000_000;

/**
 * The body of a request, up to 1 MB of JSON.
 * @param mostBytes less, where less is enough.
 * @throws {PageAccessError} `body-too-large`, `body-not-json`
 */
export async function jsonBody(request: IncomingMessage, mostBytes = MOST_BYTES): Promise<unknown> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw notJson();
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    // The parser's own words quote the input, which may hold a key.
    throw notJson();
  }
}

function tooLarge(): PageAccessError {
  return new PageAccessError(
    413,
    'body-too-large',
    'The request is larger than any of Rekey’s own. Nothing was changed.',
    'Send less.',
  );
}

function notJson(): PageAccessError {
  return new PageAccessError(
    400,
    'body-not-json',
    'The request is not JSON. Nothing was changed.',
    'Load the page again.',
  );
}
