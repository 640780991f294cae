import { pageHeaders } from '../../pages/content-security-policy.ts';
import { readPageFile } from '../../pages/page-file.ts';
import { HOST } from './address.ts';

const HEADERS = { ...pageHeaders("'none'"), 'Cache-Control': 'no-store' };

/**
 * Answers a request for `app://rekey/...` with a file of the built pages.
 *
 * @param folder where the pages were built to.
 */
export async function pageAnswer(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET') return answer(405, 'text/plain; charset=utf-8', 'Method not allowed');
  const url = URL.parse(request.url);
  const file = url?.host === HOST ? await readPageFile(folder, url.pathname) : null;
  return file ? answer(200, file.contentType, file.bytes) : answer(404, 'text/plain; charset=utf-8', 'Not found');
}

function answer(status: number, contentType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...HEADERS, 'Content-Type': contentType } });
}
