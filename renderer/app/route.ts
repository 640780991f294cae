import { useSyncExternalStore } from 'react';

export type Route =
  | { readonly page: 'hosts' | 'activity' | 'settings' | 'welcome' | 'not-found' }
  /** With the id of the key to go to. */
  | { readonly page: 'keys'; readonly id: string | null }
  | { readonly page: 'rotation'; readonly id: string }
  | { readonly page: 'practice'; readonly place: PracticePlace };

/** Where in practice: its beginning, its service's page, a request that is to be decided, or a rotation. */
export type PracticePlace =
  | { readonly at: 'start' | 'service' }
  | { readonly at: 'confirm' | 'rotation'; readonly id: string };

/** The page named in the fragment of the address: it works over http and app:// alike. */
export function routeOf(hash: string): Route {
  const [page, id, below] = hash.replace(/^#\/?/, '').split('/');
  if (page === '' || page === 'keys') return { page: 'keys', id: id ? decode(id) : null };
  if (page === 'hosts' || page === 'activity' || page === 'settings' || page === 'welcome') return { page };
  if (page === 'practice') return practiceAt(id, below);
  const rotation = page === 'rotation' && id ? decode(id) : null;
  return rotation === null ? { page: 'not-found' } : { page: 'rotation', id: rotation };
}

function practiceAt(at: string | undefined, part: string | undefined): Route {
  if (at === undefined || at === '') return { page: 'practice', place: { at: 'start' } };
  if (at === 'service') return { page: 'practice', place: { at } };
  const id = part ? decode(part) : null;
  const known = at === 'confirm' || at === 'rotation';
  return known && id !== null ? { page: 'practice', place: { at, id } } : { page: 'not-found' };
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
