/** What Chromium 140 and Node 24 have and Chromium 108 and Node 16 lack, in pages as in the main process. */
export function add(target: object, name: string, value: unknown): void {
  if (name in target) return;
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function parseUrl(address: string, base?: string): URL | null {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
}

function anySignal(signals: AbortSignal[]): AbortSignal {
  const either = new AbortController();
  for (const signal of signals) {
    if (signal.aborted) either.abort();
    signal.addEventListener('abort', () => either.abort());
  }
  return either.signal;
}

function copied<T>(change: (copy: T[], ...args: never[]) => unknown) {
  return function (this: T[], ...args: never[]): T[] {
    const copy = [...this];
    change(copy, ...args);
    return copy;
  };
}

const HALF_CHARACTER = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function isWellFormed(this: string): boolean {
  return !HALF_CHARACTER.test(this);
}

function toWellFormed(this: string): string {
  return this.replace(new RegExp(HALF_CHARACTER, 'g'), '\uFFFD');
}

export function addLanguage(): void {
  add(URL, 'parse', parseUrl);
  add(AbortSignal, 'any', anySignal);
  add(Map, 'groupBy', groupBy);
  add(
    Array.prototype,
    'toSorted',
    copied((copy, compare?: never) => copy.sort(compare)),
  );
  add(
    Array.prototype,
    'toReversed',
    copied((copy) => copy.reverse()),
  );
  add(String.prototype, 'isWellFormed', isWellFormed);
  add(String.prototype, 'toWellFormed', toWellFormed);
}
