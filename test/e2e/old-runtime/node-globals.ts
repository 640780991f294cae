import { Blob as NodeBlob } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';

/** What Node 24 has and Node 16, which Electron 22 embeds, lacks; as far as Rekey uses it. */
type Global = Record<string, unknown>;

function add(target: object, name: string, value: unknown): void {
  if (name in target) return;
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

class SmallHeaders {
  readonly #map: Map<string, string>;
  constructor(given: Record<string, string> = {}) {
    this.#map = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  }
  get(name: string): string | null {
    return this.#map.get(name.toLowerCase()) ?? null;
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#map.entries();
  }
}

/** The little of `Response` that an answer with ready bytes needs. */
class SmallResponse {
  readonly status: number;
  readonly headers: SmallHeaders;
  readonly #body: string | Uint8Array;
  constructor(body: string | Uint8Array, { status = 200, headers = {} }: { status?: number; headers?: Global } = {}) {
    this.status = status;
    this.headers = new SmallHeaders(headers as Record<string, string>);
    this.#body = body;
  }
  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(Buffer.from(this.#body as string)).buffer;
  }
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

/** `recursive` came with Node 18, and the entries' `parentPath` with 20. */
function addRecursiveReading(): void {
  const plain = fs.promises.readdir as (path: string, options?: object) => Promise<fs.Dirent[]>;
  const read = async (path: string, options?: Global): Promise<unknown> => {
    if (!options?.withFileTypes) return plain(path, options);
    const entries = await plain(path, { withFileTypes: true });
    for (const entry of entries) add(entry, 'parentPath', path);
    if (!options.recursive) return entries;
    const below = entries.filter((entry) => entry.isDirectory()).map((entry) => read(join(path, entry.name), options));
    return [...entries, ...(await Promise.all(below)).flat()];
  };
  Object.assign(fs.promises, { readdir: read });
}

export function addNodeGlobals(): void {
  const all = globalThis as unknown as Global;
  add(all, 'crypto', webcrypto);
  add(all, 'Blob', NodeBlob);
  add(all, 'Headers', SmallHeaders);
  add(all, 'Response', SmallResponse);
  add(URL, 'parse', parseUrl);
  add(AbortSignal, 'any', anySignal);
  add(Map, 'groupBy', groupBy);
  add(Array.prototype, 'toSorted', copied((copy, compare?: never) => copy.sort(compare)));
  add(Array.prototype, 'toReversed', copied((copy) => copy.reverse()));
  // In the place of Zstandard, which nobody reads there but what has written it.
  add(zlib, 'zstdCompress', zlib.gzip);
  add(zlib, 'zstdDecompress', zlib.gunzip);
  addRecursiveReading();
}
