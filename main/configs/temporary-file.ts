import { randomBytes } from 'node:crypto';
import { constants, fchmodSync, fchownSync, fstatSync, ftruncateSync, writeSync } from 'node:fs';
import { copyFile, type FileHandle, lstat, open, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import type { Snapshot } from './snapshot.ts';

const ABANDONED_AFTER_MS = 60_000;
/** File systems take names of 255 bytes; this leaves room for what is put around the name. */
const LONGEST_NAME = 60;

/** What a new version of a file is written with. Beside the target, since a rename can't cross file systems. */
export interface TemporaryFile {
  readonly path: string;
  write(bytes: Buffer): Promise<void>;
  /** The same, in the place of what was written before, and without letting anything else run. */
  writeNow(bytes: Buffer): void;
  /** Until the bytes are on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
  /** Removes it where it still is. */
  remove(): Promise<void>;
}

/**
 * Creates `.<name>.rekey-<pid>-<random>.tmp` beside the target: empty, at first only for its owner, then with owner and
 * mode of the target, so that no byte of the content ever stands in a file that others may read who couldn't before.
 */
export async function createTemporary(
  snapshot: Snapshot,
  platform: NodeJS.Platform = process.platform,
): Promise<TemporaryFile> {
  const path = join(
    dirname(snapshot.target),
    `${prefixFor(snapshot.target)}${process.pid}-${randomBytes(6).toString('hex')}.tmp`,
  );
  const handle = await (platform === 'darwin' ? openTwin(snapshot.target, path) : open(path, 'wx', 0o600));
  let isOpen = true;
  const temporary: TemporaryFile = {
    path,
    write: (bytes) => handle.writeFile(bytes),
    writeNow: (bytes) => {
      ftruncateSync(handle.fd);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle.fd, bytes, at, bytes.length - at, at);
    },
    sync: () => handle.sync(),
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      await handle.close();
    },
    remove: async () => {
      await temporary.close().catch(() => {});
      await unlink(path).catch((error: unknown) => {
        if (systemCode(error) !== 'ENOENT') throw error;
      });
    },
  };
  try {
    // Windows has neither owner nor mode: the file inherits the folder's access list.
    if (platform !== 'win32') {
      const { uid, gid } = fstatSync(handle.fd);
      if (uid !== snapshot.uid || gid !== snapshot.gid) fchownSync(handle.fd, snapshot.uid, snapshot.gid);
      fchmodSync(handle.fd, snapshot.mode);
    }
    return temporary;
  } catch (error) {
    await temporary.remove();
    throw error;
  }
}

/**
 * An empty file with all that macOS keeps beside a file's bytes: access lists, extended attributes, flags. Node copies
 * them there (copyfile(3) with COPYFILE_ALL, in libuv's uv_fs_copyfile); where the disk can, the copy takes no time.
 */
async function openTwin(target: string, path: string): Promise<FileHandle> {
  await copyFile(target, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await open(path, 'r+');
  await handle.truncate(0);
  return handle;
}

/** Removes temporary files for this target that a run left behind which was killed. Never fails. */
export async function removeAbandoned(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = prefixFor(target);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix) && each.endsWith('.tmp'))) {
    const path = join(folder, name);
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (!isRunning(pid) || (await ageOf(path)) > ABANDONED_AFTER_MS) await unlink(path).catch(() => {});
  }
}

function prefixFor(target: string): string {
  return `.${basename(target).slice(0, LONGEST_NAME).toWellFormed()}.rekey-`;
}

async function ageOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
