import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, readSnapshot, type Snapshot } from './snapshot.ts';
import { createTemporary, removeAbandoned, type TemporaryFile } from './temporary-file.ts';
import { changedMeanwhile, isAlike, mayNotLast, syncFolder } from './write.ts';
import { writeError } from './write-errors.ts';

/** Larger files take their own writers so long that there are gaps; and meanwhile nothing else of Rekey runs. */
export const LARGEST_AT_ONCE = 8_000_000;
const TRIES = 300;
const BETWEEN_TRIES_MS = 10;

/**
 * Replaces a file that another program writes faster than a new version of it could be brought onto the disk: reads,
 * changes and renames it without letting anything else of this process run in between.
 *
 * Unlike `writePatched` it syncs the new version right *after* the rename, since that takes longer than the gap between
 * two foreign writes. A foreign write is lost only when it comes between the last look and the rename.
 *
 * @param change makes the new version; null when there is nothing to change. It may throw for a half-written file.
 * @returns whether the file was replaced.
 * @throws {ConfigError} `file-changed` when there was no gap, or the file is too large to be done in one; what `change`
 * throws, when it does so each time; `file-unwritable`, `file-write-failed`. Nothing was changed then.
 */
export async function writeAtOnce(path: string, change: (bytes: Buffer) => Buffer | null): Promise<boolean> {
  const known = await readSnapshot(path);
  await removeAbandoned(known.target);
  const temporary = await createTemporary(known).catch((error) => {
    throw writeError(path, error);
  });
  try {
    if (!(await tryUntilReplaced(known, temporary, change))) return false;
    await temporary.sync().catch((error) => {
      throw mayNotLast(known, error);
    });
  } catch (error) {
    throw writeError(path, error);
  } finally {
    // After the rename it is the file itself, and not there under its own name.
    await temporary.remove().catch(() => {});
  }
  await syncFolder(known);
  return true;
}

async function tryUntilReplaced(
  known: Snapshot,
  temporary: TemporaryFile,
  change: (bytes: Buffer) => Buffer | null,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      const done = replaceNow(known, temporary, change);
      if (done !== 'changed') return done === 'replaced';
      if (attempt === TRIES) throw changedMeanwhile(known);
    } catch (error) {
      // A program that writes in place is met in the middle of it.
      if (attempt === TRIES || !(error instanceof ConfigError) || error.code !== 'file-not-parsable') throw error;
    }
    await sleep(BETWEEN_TRIES_MS * Math.random());
  }
}

function replaceNow(
  known: Snapshot,
  temporary: TemporaryFile,
  change: (bytes: Buffer) => Buffer | null,
): 'replaced' | 'changed' | 'nothing' {
  if (realpathSync(known.path) !== known.target) throw changedMeanwhile(known);
  // Held open until the rename: its number is given to no other file so long.
  const file = openSync(known.target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file, { bigint: true });
    if (!isAlike(known, found) || found.size > LARGEST_AT_ONCE) throw changedMeanwhile(known);
    const bytes = readNow(file, Number(found.size));
    const fresh = change(bytes);
    if (fresh === null) return 'nothing';
    temporary.writeNow(fresh);
    const isSame = bytes.equals(readNow(file, Number(found.size) + 1));
    if (!isSame || statSync(known.target, { bigint: true }).ino !== found.ino) return 'changed';
    renameSync(temporary.path, known.target);
    return 'replaced';
  } finally {
    closeSync(file);
  }
}

function readNow(file: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let length = 0;
  for (let read = -1; read !== 0 && length < size; length += read) {
    read = readSync(file, bytes, length, size - length, length);
  }
  return bytes.subarray(0, length);
}
