import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { RekeyError, systemCode } from '../errors.ts';

export type ConfigErrorCode =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'file-not-regular'
  | 'file-too-large'
  | 'file-link-broken'
  | 'file-link-outside'
  | 'file-not-parsable'
  | 'file-changed'
  | 'file-locked'
  | 'file-write-failed'
  | 'patch-refused';

/** Something about one config file. The message names the file and says that it wasn't changed. */
export class ConfigError extends RekeyError<ConfigErrorCode> {}

/** One file as it was read: what a plan is made from, and what a write is checked against. */
export interface Snapshot {
  /** The path as the host knows it. */
  readonly path: string;
  /** Where the bytes are, links followed. */
  readonly target: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** Permission bits, owner and group of the target. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const MAX_BYTES = 512 * 1024 * 1024;
/** A host that writes in place may be met in the middle of it. */
const READS = 20;
const BETWEEN_READS_MS = 10;

/**
 * Reads a config file, links followed. Only regular files are opened, so that a FIFO or a device can't hold it up.
 *
 * @param options.maxBytes default 512 MB.
 * @param options.anyBytes also what is no text: a file that is only to be replaced whole.
 * @throws {ConfigError} `file-missing`, `file-unreadable`, `file-not-regular`, `file-too-large`, `file-link-broken`,
 *   `file-not-parsable` for anything but UTF-8, `file-changed` when something keeps writing to it.
 */
export async function readSnapshot(
  path: string,
  options: { maxBytes?: number; anyBytes?: boolean } = {},
): Promise<Snapshot> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const target = await targetOf(path);
  const file = await openRegular(path, target);
  try {
    for (let read = 1; read <= READS; read++) {
      const before = await file.stat();
      checkFile(path, before, maxBytes);
      const bytes = await readAll(file, before.size);
      const after = await file.stat();
      if (bytes.length === after.size && before.mtimeMs === after.mtimeMs && before.ctimeMs === after.ctimeMs) {
        if (!options.anyBytes) checkText(bytes, path);
        const { mode, uid, gid } = after;
        return { path, target, bytes, hash: hashOf(bytes), mode: mode & 0o7777, uid, gid };
      }
      await sleep(BETWEEN_READS_MS);
    }
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, error);
  } finally {
    await file.close();
  }
  throw new ConfigError(
    'file-changed',
    `${path} keeps being written while it is read. It was not changed.`,
    'Close the program that writes it and try again.',
  );
}

const REPAIR = 'Open the file in an editor and repair it there, then try again.';
const SAVE_AS_UTF_8 = 'Open the file in an editor and save it as UTF-8, then try again.';

/** SHA-256, hex. */
export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws {ConfigError} `file-not-parsable` for anything but UTF-8. */
export function checkText(bytes: Buffer, name: string): void {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw notParsable(`${name} is written in UTF-16, which MCP hosts don't read.`, SAVE_AS_UTF_8);
  }
  if (!isUtf8(bytes)) throw notParsable(`${name} is not text in UTF-8, as settings are.`, SAVE_AS_UTF_8);
}

export function notParsable(what: string, wayOut = REPAIR): ConfigError {
  return new ConfigError('file-not-parsable', `${what} It was not changed.`, wayOut);
}

/** Where the bytes of a file are, links followed. @throws {ConfigError} `file-missing`, `file-link-broken`, `file-unreadable`. */
export async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = systemCode(error);
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    if (code === 'ELOOP' || (code === 'ENOENT' && isLink)) {
      const why = code === 'ELOOP' ? 'that leads back to itself' : 'to a file that is not there';
      throw new ConfigError(
        'file-link-broken',
        `${path} is a link ${why}. Nothing was changed.`,
        'Repair or remove the link, then try again.',
      );
    }
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new ConfigError(
        'file-missing',
        `${path} does not exist.`,
        'Nothing needs to be done for a host that is not in use.',
      );
    }
    throw unreadable(path, error);
  }
}

async function openRegular(path: string, target: string): Promise<FileHandle> {
  try {
    // Opening can do things already (a tape rewinds, a FIFO waits), so look first; the handle is looked at once more.
    checkRegular(path, await stat(target));
    // Windows has no O_NONBLOCK, and no FIFOs among its files.
    return await open(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw error instanceof ConfigError ? error : unreadable(path, error);
  }
}

function checkFile(path: string, found: Stats, maxBytes: number): void {
  checkRegular(path, found);
  if (found.size <= maxBytes) return;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000);
  throw new ConfigError(
    'file-too-large',
    `${path} has ${megabytes(found.size)} MB; Rekey reads up to ${megabytes(maxBytes)} MB. It was not changed.`,
    'Put the new key into this file by hand.',
  );
}

function checkRegular(path: string, found: Stats): void {
  if (found.isFile()) return;
  const kind = found.isDirectory()
    ? 'a folder'
    : found.isFIFO()
      ? 'a pipe'
      : found.isSocket()
        ? 'a socket'
        : 'a device';
  throw new ConfigError(
    'file-not-regular',
    `${path} is ${kind}, not a file. Nothing was changed.`,
    'Put the settings file back in its place, or remove what is there; then try again.',
  );
}

/** Into one buffer of the file's size: a file of 50 MB is in memory once. */
async function readAll(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(bytes, length, size - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function unreadable(path: string, cause: unknown): ConfigError {
  const code = systemCode(cause) ?? 'unknown error';
  const isForbidden = code === 'EACCES' || code === 'EPERM';
  return new ConfigError(
    'file-unreadable',
    `${path} can't be read: ${isForbidden ? 'your account may not read it' : 'the operating system reported an error'} (${code}). It was not changed.`,
    isForbidden
      ? 'Give your account the right to read the file, then try again.'
      : 'Look at whether the disk or the network drive is there and well, then try again.',
    { cause },
  );
}
