import { createContext, use } from 'react';
import { confirmationHref, rotationHref } from './route.ts';

/** Where the pages are that a part of a page leads to: practice has its own. */
export interface Hrefs {
  readonly keys: string;
  rotation(id: string): string;
  /** Where a request is decided. @param id of the approval. */
  confirmation(id: string): string;
  /** The service's own page of keys where it is one of ours; null: the address that the service has. */
  readonly service: string | null;
}

const REAL: Hrefs = { keys: '#/keys', rotation: rotationHref, confirmation: confirmationHref, service: null };

export const PRACTICE: Hrefs = {
  keys: '#/practice',
  rotation: (id) => `#/practice/rotation/${encodeURIComponent(id)}`,
  confirmation: (id) => `#/practice/confirm/${encodeURIComponent(id)}`,
  service: '#/practice/service',
};

const HrefsContext = createContext<Hrefs>(REAL);

export const HrefsProvider = HrefsContext.Provider;

export function useHrefs(): Hrefs {
  return use(HrefsContext);
}
