import buffer, { Blob as NodeBlob } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { add, addLanguage } from './language.ts';

/** What Node 24 has and Node 16, which Electron 22 embeds, lacks; as far as Rekey uses it. */
type Global = Record<string, unknown>;

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

/** Always enough: `statfs` came with Node 18. */
async function roomyDisk(): Promise<{ bavail: number; bsize: number; blocks: number }> {
  return { bavail: 1_000_000, bsize: 4_096, blocks: 2_000_000 };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function addNodeGlobals(): void {
  addLanguage();
  add(globalThis, 'crypto', webcrypto);
  add(globalThis, 'Blob', NodeBlob);
  add(buffer, 'isUtf8', isUtf8);
  add(globalThis, 'Headers', SmallHeaders);
  add(globalThis, 'Response', SmallResponse);
  add(fs.promises, 'statfs', roomyDisk);
  // In the place of Zstandard, which nobody reads there but what has written it.
  add(zlib, 'zstdCompress', zlib.gzip);
  add(zlib, 'zstdDecompress', zlib.gunzip);
  addRecursiveReading();
}
