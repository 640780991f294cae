import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly page: 'hosts' | 'activity' | 'settings' | 'not-found' }
  /** With the id of the key to go to. */
  | { readonly page: 'keys'; readonly id: string | null }
  | { readonly page: 'rotation'; readonly id: string };

/** The page named in the fragment of the address: it works over http and app:// alike. */
export function routeOf(hash: string): Route {
  const [page, id] = hash.replace(/^#\/?/, '').split('/');
  if (page === '' || page === 'keys') return { page: 'keys', id: id ? decode(id) : null };
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

/** To one key among all. */
export function keyHref(id: string): string {
  return `#/keys/${encodeURIComponent(id)}`;
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
