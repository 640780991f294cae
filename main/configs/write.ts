import { createHash } from 'node:crypto';
import { type BigIntStats, constants, createReadStream, renameSync, statSync } from 'node:fs';
import { open, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemCode } from '../errors.ts';
import { ConfigError, type Snapshot, targetOf } from './snapshot.ts';
import { createTemporary, removeAbandoned } from './temporary-file.ts';
import { writeError, writeFailure } from './write-errors.ts';

/** Windows refuses a rename while another program (a virus scanner, an indexer, the host) has the file open. */
const REFUSED_ON_WINDOWS = new Set(['EPERM', 'EACCES', 'EBUSY']);
const RENAME_DELAYS_MS = [10, 20, 40, 80, 160, 320, 640, 1_000];
/** Left free beside the new version. */
const SPARE_BYTES = 1_000_000;

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
    await replace(snapshot, temporary.path, hooks);
  } catch (error) {
    await temporary.remove().catch(() => {});
    throw writeError(snapshot.path, error);
  }
  await syncFolder(snapshot);
}

/**
 * Tries everything that a write needs, without changing the file, and leaves nothing behind.
 * @throws {ConfigError} `file-unwritable`, `file-write-failed` when the disk is full.
 */
export async function checkWritable(snapshot: Snapshot): Promise<void> {
  await removeAbandoned(snapshot.target);
  try {
    // Root may write anything, and a rename needs no right to the file: but a file that nobody may write is meant so.
    if ((snapshot.mode & 0o222) === 0) throw readOnly(snapshot);
    await (await open(snapshot.target, constants.O_RDWR | (constants.O_NONBLOCK ?? 0))).close();
    const { bavail, bsize, blocks } = await statfs(dirname(snapshot.target));
    // Some network file systems report nothing at all.
    const isFull = blocks > 0 && bavail * bsize < snapshot.bytes.length + SPARE_BYTES;
    if (isFull) throw writeFailure(snapshot.path, 'ENOSPC');
    const temporary = await createTemporary(snapshot);
    await temporary.remove();
  } catch (error) {
    throw writeError(snapshot.path, error);
  }
}

function readOnly({ path }: Snapshot): ConfigError {
  return new ConfigError(
    'file-unwritable',
    `${path} is marked as read-only. It was not changed.`,
    'Allow writing to the file, then try again.',
  );
}

async function replace(snapshot: Snapshot, from: string, hooks: WriteHooks): Promise<void> {
  const rename = hooks.rename ?? renameSync;
  for (let attempt = 0; ; attempt++) {
    const checked = await checkUnchanged(snapshot);
    try {
      // Nothing of ours runs between these two, so that the gap for a foreign write is as small as Node can make it.
      if (!isSame(checked, statSync(snapshot.target, { bigint: true }))) throw changed(snapshot);
      rename(from, snapshot.target);
      return;
    } catch (error) {
      const delay = RENAME_DELAYS_MS[attempt];
      const mayPass =
        (hooks.platform ?? process.platform) === 'win32' && REFUSED_ON_WINDOWS.has(systemCode(error) ?? '');
      if (!mayPass || delay === undefined) throw error;
      await sleep(delay);
    }
  }
}

/** @returns what the file is like while its bytes are those of the snapshot. @throws {ConfigError} `file-changed`. */
async function checkUnchanged(snapshot: Snapshot): Promise<BigIntStats> {
  try {
    const found = await stat(snapshot.target, { bigint: true });
    const sameRights =
      (Number(found.mode) & 0o7777) === snapshot.mode &&
      Number(found.uid) === snapshot.uid &&
      Number(found.gid) === snapshot.gid;
    if (!found.isFile() || !sameRights || (await targetOf(snapshot.path)) !== snapshot.target) throw changed(snapshot);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(snapshot.target, { highWaterMark: 1 << 20 })) hash.update(chunk);
    if (hash.digest('hex') !== snapshot.hash) throw changed(snapshot);
    return found;
  } catch (error) {
    throw systemCode(error) === 'ENOENT' || isGone(error) ? changed(snapshot) : error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ConfigError && (error.code === 'file-missing' || error.code === 'file-link-broken');
}

function isSame(one: BigIntStats, other: BigIntStats): boolean {
  return (
    one.ino === other.ino && one.size === other.size && one.mtimeNs === other.mtimeNs && one.ctimeNs === other.ctimeNs
  );
}

function changed(snapshot: Snapshot): ConfigError {
  return new ConfigError(
    'file-changed',
    `${snapshot.path} was changed by another program in the meantime. Rekey did not change it.`,
    'Try again; Rekey reads the file anew then.',
  );
}

/** So that the rename survives a power cut. Some systems can't sync folders: then it is up to them. */
async function syncFolder(snapshot: Snapshot): Promise<void> {
  try {
    const folder = await open(dirname(snapshot.target), constants.O_RDONLY);
    await folder.sync().finally(() => folder.close());
  } catch (error) {
    if (systemCode(error) !== 'EIO') return;
    throw new ConfigError(
      'file-write-failed',
      `${snapshot.path} holds the new key, but the disk reported an error while making that last.`,
      'Check the disk, and look at the file again.',
      { cause: error },
    );
  }
}
