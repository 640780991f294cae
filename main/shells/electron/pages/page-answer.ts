import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { systemCode } from '../../../errors.ts';
import { HOST } from './address.ts';
import { policyHeader } from './content-security-policy.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** On every answer, errors included. */
const HEADERS = {
  'Content-Security-Policy': policyHeader(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** What has no page: another host, a way out of the folder, a kind of file that no page is made of, nothing there. */
const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'];

/**
 * Answers a request for `app://rekey/...` with a file of the built pages.
 *
 * @param folder where the pages were built to.
 */
export async function pageAnswer(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET') return answer(405, 'text/plain; charset=utf-8', 'Method not allowed');
  const segments = segmentsOf(request.url);
  const contentType = CONTENT_TYPES[extname(segments?.at(-1) ?? '')];
  if (!segments || !contentType) return notFound();
  try {
    return answer(200, contentType, await readFile(join(folder, ...segments)));
  } catch (error) {
    if (NOT_THERE.includes(systemCode(error) ?? '')) return notFound();
    throw error;
  }
}

/** @returns null for a path that is not plainly one inside the folder. */
function segmentsOf(address: string): readonly string[] | null {
  const url = URL.parse(address);
  if (url?.host !== HOST) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  // A colon is a drive or a stream of a file on Windows, a percent sign one encoding too many.
  if (/[\\\0:%]/.test(path)) return null;
  const segments = path.slice(1).split('/');
  return segments.some((segment) => segment === '' || segment.startsWith('.')) ? null : segments;
}

function notFound(): Response {
  return answer(404, 'text/plain; charset=utf-8', 'Not found');
}

function answer(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...HEADERS, 'Content-Type': contentType } });
}
