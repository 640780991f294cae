import type { IncomingMessage } from 'node:http';
import { PageAccessError } from './page-access-error.ts';

/**
 * Lets only our own pages through, whatever else runs in the browser: a foreign page could send requests here, and a
 * foreign name could be made to point here (DNS rebinding).
 *
 * @throws {PageAccessError} `foreign-page`
 */
export function refuseForeign(request: IncomingMessage, port: number): void {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (!host || !own.includes(host)) throw foreign();
  const ownOrigin = origin === `http://${host}`;
  // Every browser sends the origin with a POST: without one it isn't a page of ours.
  if (request.method === 'POST' ? !ownOrigin : origin !== undefined && !ownOrigin) throw foreign();
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  // A link from elsewhere may lead here (that is how the page is opened); nothing else from elsewhere may.
  if (request.method !== 'GET' || request.headers['sec-fetch-mode'] !== 'navigate') throw foreign();
  if (request.headers['sec-fetch-dest'] !== 'document') throw foreign();
}

function foreign(): PageAccessError {
  return new PageAccessError(
    403,
    'foreign-page',
    'This request did not come from a page of Rekey, so it was refused. Nothing was changed.',
    'Open Rekey again with `rekey serve` in a terminal.',
  );
}
