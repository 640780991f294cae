import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { PageAccessError } from './page-access-error.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly cacheControl: string;
}

/**
 * A file of the built pages.
 *
 * @param folder where the pages were built to.
 * @param path the path of the request as it came, still percent-encoded, without the query.
 * @throws {PageAccessError} `no-such-page`
 */
export async function pageFile(folder: string, path: string): Promise<PageFile> {
  const segments = safeSegments(path === '/' ? '/index.html' : path);
  const contentType = segments && CONTENT_TYPES[extname(segments.at(-1) ?? '')];
  if (!segments || !contentType) throw noSuchPage();
  try {
    return {
      bytes: await readFile(join(folder, ...segments)),
      contentType,
      // The build puts a hash of the content into the names of all that lies in assets/.
      cacheControl: segments[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-store',
    };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes(systemCode(error) ?? '')) throw noSuchPage();
    throw error;
  }
}

/** @returns null for a path that is not plainly one inside the folder. */
function safeSegments(path: string): readonly string[] | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\\\0:]/.test(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  return segments.some((segment) => segment === '' || segment.startsWith('.')) ? null : segments;
}

function noSuchPage(): PageAccessError {
  return new PageAccessError(404, 'no-such-page', 'There is no such page.', 'Go to the start page of Rekey.');
}
