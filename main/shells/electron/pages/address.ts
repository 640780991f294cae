/** Our pages live under a scheme of their own, so that no other page, and no file, shares their origin. */
export const SCHEME = 'app';
export const HOST = 'rekey';
export const ORIGIN = `${SCHEME}://${HOST}`;

/** The two pages that a window can hold. */
export type Page = 'index.html' | 'confirmation.html';

/** The main page. @param route what stands after the `#`, `/rotation/<id>` say. */
export function mainPageUrl(route = ''): string {
  return `${ORIGIN}/index.html${route && `#${route}`}`;
}

/** The page that puts one request before the person. */
export function confirmationUrl(approvalId: string): string {
  return `${ORIGIN}/confirmation.html?id=${encodeURIComponent(approvalId)}`;
}

/** Where in the main page a key is shown. */
export function keyRoute(credentialId: string): string {
  return `/keys/${encodeURIComponent(credentialId)}`;
}

/** Where in the main page a rotation is shown. */
export function rotationRoute(rotationId: string): string {
  return `/rotation/${encodeURIComponent(rotationId)}`;
}

/** Which page an address is; null for whatever is not exactly one of ours. */
export function pageOf(address: string): Page | null {
  const url = ours(address);
  const page = url?.pathname.slice(1);
  return page === 'index.html' || page === 'confirmation.html' ? page : null;
}

/** The request that a confirmation's address names; null for every other address. */
export function approvalIn(address: string): string | null {
  return pageOf(address) === 'confirmation.html' ? (ours(address)?.searchParams.get('id') ?? null) : null;
}

function ours(address: string): URL | null {
  const url = URL.parse(address);
  // `origin` is "null" for schemes that the URL standard doesn't know, so the parts are compared.
  return url?.protocol === `${SCHEME}:` && url.host === HOST && !url.username && !url.password ? url : null;
}
