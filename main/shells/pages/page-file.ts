import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { systemCode } from '../../errors.ts';

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

/** What has no page: nothing there, or no file. */
const NOT_THERE = ['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'];

export interface PageFile {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly contentType: string;
  /** The build puts a hash of the content into its name: it never changes. */
  readonly immutable: boolean;
}

/**
 * A file of the built pages, or null for whatever is not plainly one of them.
 *
 * @param folder where the pages were built to.
 * @param path the path of the request as it came, still percent-encoded, without the query.
 */
export async function readPageFile(folder: string, path: string): Promise<PageFile | null> {
  const segments = safeSegments(path);
  const contentType = segments && CONTENT_TYPES[extname(segments.at(-1) ?? '')];
  if (!segments || !contentType) return null;
  try {
    return { bytes: await readFile(join(folder, ...segments)), contentType, immutable: segments[0] === 'assets' };
  } catch (error) {
    if (NOT_THERE.includes(systemCode(error) ?? '')) return null;
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
  // A colon is a drive or a stream of a file on Windows, a percent sign one encoding too many.
  if (!decoded.startsWith('/') || /[\\\0:%]/.test(decoded)) return null;
  const segments = decoded.slice(1).split('/');
  return segments.some((segment) => segment === '' || segment.startsWith('.')) ? null : segments;
}
