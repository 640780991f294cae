import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly page: 'keys' | 'hosts' | 'activity' | 'settings' | 'not-found' }
  | { readonly page: 'rotation'; readonly id: string };

/** The page named in the fragment of the address: it works over http and app:// alike. */
export function routeOf(hash: string): Route {
  const [page, id] = hash.replace(/^#\/?/, '').split('/');
  if (page === '' || page === 'keys') return { page: 'keys' };
  if (page === 'hosts' || page === 'activity' || page === 'settings') return { page };
  const rotation = page === 'rotation' && id ? decode(id) : null;
  return rotation === null ? { page: 'not-found' } : { page: 'rotation', id: rotation };
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

export function rotationHref(id: string): string {
  return `#/rotation/${encodeURIComponent(id)}`;
}

export function confirmationHref(id: string): string {
  return `confirmation.html?id=${encodeURIComponent(id)}`;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The fragment of the address, without the token that it may begin with. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => (location.hash.startsWith('#token=') ? '' : location.hash));
}
