/**
 * The address to open for a link of a page: https, and exactly one of those listed.
 *
 * @param listed the pages where the providers' keys are made by hand.
 * @returns null for a link that is not opened.
 */
export function listedLink(address: string, listed: readonly string[]): string | null {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') return null;
  return listed.some((page) => URL.parse(page)?.href === url.href) ? url.href : null;
}
