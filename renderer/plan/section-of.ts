import { createContext, useContext } from 'react';

/** Id of the element that names the key which a plan is of, where a page shows several plans. */
export const SectionOf = createContext<string | null>(null);

/** Ids of what names a section: of several plans, each one's key comes first, so that no two are called the same. */
export function useSectionName(titleId: string): string {
  const of = useContext(SectionOf);
  return of === null ? titleId : `${of} ${titleId}`;
}
