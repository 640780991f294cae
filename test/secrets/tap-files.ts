import fs, { readlinkSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { note } from './tap-file.ts';

type Writer = (this: unknown, ...args: unknown[]) => unknown;

/** Writes down what goes into files, by whichever of Node's functions. Looks at the bytes before they are written. */
export function tapFiles(): void {
  const sync = fs as unknown as Record<string, Writer>;
  const promises = fs.promises as unknown as Record<string, Writer>;
  for (const name of [
    'write',
    'writeSync',
    'writev',
    'writevSync',
    'writeFile',
    'writeFileSync',
    'appendFile',
    'appendFileSync',
  ])
    wrap(sync, name, ([file, data, ...rest]) => see(file, data, rest));
  for (const name of ['writeFile', 'appendFile'])
    wrap(promises, name, ([file, data, ...rest]) => see(file, data, rest));
  tapHandles();
  syncBuiltinESMExports();
}

/** Their class is not exported: it is reached by the first one that is opened. */
function tapHandles(): void {
  const promises = fs.promises as unknown as Record<string, Writer>;
  const open = fs.promises.open;
  let isTapped = false;
  promises.open = async (...args) => {
    const handle = await (open as (...given: unknown[]) => Promise<FileHandle>)(...args);
    if (!isTapped) {
      isTapped = true;
      const methods = Object.getPrototypeOf(handle) as Record<string, Writer>;
      for (const name of ['write', 'writev', 'writeFile', 'appendFile'])
        wrap(methods, name, ([data, ...rest], self) => see((self as FileHandle).fd, data, rest));
    }
    return handle;
  };
}

function wrap(
  owner: Record<string, Writer>,
  name: string,
  look: (args: readonly unknown[], self: unknown) => void,
): void {
  const original = owner[name];
  if (!original) throw new Error(`Node has no ${name} any more`);
  owner[name] = function (...args) {
    look(args, this);
    return original.apply(this, args);
  };
}

function see(file: unknown, data: unknown, rest: readonly unknown[]): void {
  const pieces = Array.isArray(data) ? data : [data];
  for (const piece of pieces) note(`file ${pathOf(file)}`, bytesOf(piece, rest));
}

function pathOf(file: unknown): string {
  if (typeof file === 'number') return readlinkSync(`/proc/self/fd/${file}`);
  if (typeof file === 'object' && file !== null && 'fd' in file) return pathOf(file.fd);
  return String(file);
}

/** @param rest for a buffer where it begins and how much of it, as numbers or by name; all of it where they are left out. */
function bytesOf(data: unknown, rest: readonly unknown[]): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (!ArrayBuffer.isView(data)) throw new Error('the tap met data in a form that it can’t read');
  const all = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const [offset, length] = rest;
  if (typeof offset !== 'number') return all;
  return all.subarray(offset, typeof length === 'number' ? offset + length : undefined);
}
