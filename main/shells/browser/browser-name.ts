/** In this order: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari. */
const MARKS: readonly (readonly [mark: string, name: string])[] = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['HeadlessChrome/', 'Chrome (headless)'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
];

/** The browser's short name, as far as its `User-Agent` tells; null where it doesn't. */
export function browserName(userAgent: string | undefined): string | null {
  return MARKS.find(([mark]) => userAgent?.includes(mark))?.[1] ?? null;
}
