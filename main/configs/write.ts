import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { obstacleTo } from './obstacle.ts';
import { ConfigError, type Snapshot } from './snapshot.ts';
import { createTemporary, removeAbandoned } from './temporary-file.ts';
import { writeError } from './write-errors.ts';

/** Windows refuses a rename while another program (a virus scanner, an indexer, the host) has the file open. */
const REFUSED_ON_WINDOWS = new Set(['EPERM', 'EACCES', 'EBUSY']);
const LARGEST_CHUNK = 1 << 20;
/** What stood at the path, or on the way to it, is not there any more. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);
const RENAME_DELAYS_MS = [10, 20, 40, 80, 160, 320, 640, 1_000];

/** For tests of what can come in between. */
export interface WriteHooks {
  /** After the new version is on the disk, before the target is looked at for the last time. */
  readonly beforeCheck?: () => void | Promise<void>;
  readonly rename?: (from: string, to: string) => void;
  readonly platform?: NodeJS.Platform;
}

/**
 * Puts a new version in the place of a file, in one rename: whoever reads it sees the old version or the new one whole.
 *
 * Mode and owner stay, and a link stays a link; on macOS access lists and extended attributes too. Elsewhere these are
 * lost, as Node can't read them, and other hard links to the file keep the old version.
 *
 * @throws {ConfigError} `file-changed` when the file is no more what it was when the snapshot was taken;
 *   `file-unwritable`, `file-write-failed`. The file is as it was then, and no temporary file is left.
 */
export async function writePatched(snapshot: Snapshot, bytes: Buffer, hooks: WriteHooks = {}): Promise<void> {
  await removeAbandoned(snapshot.target);
  const temporary = await createTemporary(snapshot, hooks.platform).catch((error) => {
    throw writeError(snapshot.path, error);
  });
  try {
    await temporary.write(bytes);
    await temporary.sync();
    await temporary.close();
    await hooks.beforeCheck?.();
    const rename = hooks.rename ?? renameSync;
    await whileUnchanged(snapshot, () => rename(temporary.path, snapshot.target), hooks);
  } catch (error) {
    await temporary.remove().catch(() => {});
    throw writeError(snapshot.path, error);
  }
  await syncFolder(snapshot);
}

/**
 * Removes a file.
 * @throws {ConfigError} as {@link writePatched}; the file is there as it was then.
 */
export async function removeUnchanged(snapshot: Snapshot, hooks: WriteHooks = {}): Promise<void> {
  try {
    await hooks.beforeCheck?.();
    await whileUnchanged(snapshot, () => unlinkSync(snapshot.target), hooks);
  } catch (error) {
    throw writeError(snapshot.path, error);
  }
  // After a power cut it may be there once more, which loses nothing.
  await syncFolder(snapshot).catch(() => {});
}

/**
 * Tries everything that a write needs, without changing the file, and leaves nothing behind.
 * @throws {ConfigError} `file-unwritable`, `file-write-failed` when the disk is full.
 */
export async function checkWritable(snapshot: Snapshot): Promise<void> {
  const obstacle = await obstacleTo(snapshot);
  if (obstacle) throw obstacle;
  await tryToWrite(snapshot);
}

/** The same, where it is known that {@link obstacleTo} sees nothing. */
export async function tryToWrite(snapshot: Snapshot): Promise<void> {
  await removeAbandoned(snapshot.target);
  try {
    await (await open(snapshot.target, constants.O_RDWR | (constants.O_NONBLOCK ?? 0))).close();
    const temporary = await createTemporary(snapshot);
    await temporary.remove();
  } catch (error) {
    throw writeError(snapshot.path, error);
  }
}

/** Does one step with a file that is still what it was; again and again where Windows refuses it for now. */
async function whileUnchanged(snapshot: Snapshot, step: () => void, hooks: WriteHooks): Promise<void> {
  const isWindows = (hooks.platform ?? process.platform) === 'win32';
  for (let attempt = 0; ; attempt++) {
    const descriptor = openAgain(snapshot);
    let isOpen = true;
    try {
      const found = fstatSync(descriptor, { bigint: true });
      if (!isAlike(snapshot, found) || !(await holds(descriptor, snapshot.bytes))) throw changedMeanwhile(snapshot);
      // Held open, the file keeps its number: no other one can look the same. Windows renames over no file that is open.
      if (isWindows) {
        closeSync(descriptor);
        isOpen = false;
      }
      // Nothing of ours runs between these two, so that the gap for a foreign write is as small as Node can make it.
      if (!isSame(found, statSync(snapshot.target, { bigint: true }))) throw changedMeanwhile(snapshot);
      step();
      return;
    } catch (error) {
      const delay = RENAME_DELAYS_MS[attempt];
      const mayPass = isWindows && REFUSED_ON_WINDOWS.has(systemCode(error) ?? '');
      if (!mayPass || delay === undefined) throw error;
      await sleep(delay);
    } finally {
      if (isOpen) closeSync(descriptor);
    }
  }
}

/**
 * Opens what is still the same file at the same place. Small steps, each of which would take longer to be waited for.
 * @throws {ConfigError} `file-changed`.
 */
function openAgain(snapshot: Snapshot): number {
  try {
    // Opening another thing than a file can do things already.
    if (!statSync(snapshot.target).isFile() || realpathSync.native(snapshot.path) !== snapshot.target)
      throw changedMeanwhile(snapshot);
    return openSync(snapshot.target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw GONE.has(systemCode(error) ?? '') ? changedMeanwhile(snapshot) : error;
  }
}

/** Whether an open file is one, with the rights and the owner that the snapshot has. */
export function isAlike({ mode, uid, gid }: Snapshot, found: BigIntStats): boolean {
  return (
    found.isFile() && (Number(found.mode) & 0o7777) === mode && Number(found.uid) === uid && Number(found.gid) === gid
  );
}

/** Whether exactly these bytes are in a file. A large one lets others run meanwhile. */
async function holds(descriptor: number, bytes: Buffer): Promise<boolean> {
  // One byte more than it should have: then a longer file is seen too.
  const chunk = Buffer.allocUnsafe(Math.min(bytes.length + 1, LARGEST_CHUNK));
  for (let at = 0; ; ) {
    if (at > 0) await setImmediate();
    const bytesRead = readSync(descriptor, chunk, 0, chunk.length, at);
    if (bytesRead === 0) return at === bytes.length;
    if (!bytes.subarray(at, at + bytesRead).equals(chunk.subarray(0, bytesRead))) return false;
    at += bytesRead;
    if (bytesRead < chunk.length && at === bytes.length) return true;
  }
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return (
    one.ino === other.ino && one.size === other.size && one.mtimeNs === other.mtimeNs && one.ctimeNs === other.ctimeNs
  );
}

/** Somebody else wrote the file, or put another one in its place, since it was read. */
export function changedMeanwhile({ path }: Pick<Snapshot, 'path'>): ConfigError {
  return new ConfigError(
    'file-changed',
    `${path} was changed by another program in the meantime. Rekey did not change it.`,
    'Try again; Rekey reads the file anew then.',
  );
}

/** So that the rename survives a power cut. Some systems can't sync folders: then it is up to them. */
export async function syncFolder(snapshot: Snapshot): Promise<void> {
  try {
    const folder = await open(dirname(snapshot.target), constants.O_RDONLY);
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (systemCode(error) === 'EIO') throw mayNotLast(snapshot, error);
  }
}

/** After the rename, when the disk does not confirm what it has taken. */
export function mayNotLast({ path }: Pick<Snapshot, 'path'>, cause: unknown): ConfigError {
  return new ConfigError(
    'file-write-failed',
    `${path} holds the new key, but the disk reported an error while making that last.`,
    'Check the disk, and look at the file again.',
    { cause },
  );
}
