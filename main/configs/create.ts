import { lstatSync, renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../errors.ts';
import { syncFolder } from '../storage/write-durably.ts';
import { ConfigError, type Snapshot } from './snapshot.ts';
import { createTemporary } from './temporary-file.ts';
import { writeError } from './write-errors.ts';

/**
 * Makes the folder of a file that is to be created; only that one, since without the folder above it a project is gone
 * or a disk isn't there.
 * @throws {ConfigError} `file-missing`, `file-unwritable`.
 */
export async function makeFolderFor(path: string, target: string): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    const code = systemCode(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw writeError(path, error);
    throw new ConfigError(
      'file-missing',
      `The folder ${dirname(folder)}, in which ${path} stood, is not there any more. Nothing was changed.`,
      'Make the folder again, or connect the disk that it is on.',
    );
  });
}

/**
 * Puts a file where there is none, whole, with owner and mode, in one rename.
 * @param wanted the file as it is to be.
 * @throws {ConfigError} `file-changed` when another program has put one there meanwhile; `file-unwritable`,
 *   `file-write-failed`. Nothing is left then.
 */
export async function createFile(wanted: Snapshot): Promise<void> {
  try {
    const temporary = await createTemporary(wanted);
    try {
      await temporary.write(wanted.bytes);
      await temporary.sync();
      await temporary.close();
      // Nothing of ours runs between these two, so that the gap for a foreign write is as small as Node can make it.
      if (lstatSync(wanted.target, { throwIfNoEntry: false })) throw appeared(wanted.path);
      renameSync(temporary.path, wanted.target);
    } catch (error) {
      await temporary.remove().catch(() => {});
      throw error;
    }
    await syncFolder(dirname(wanted.target));
  } catch (error) {
    throw writeError(wanted.path, error);
  }
}

function appeared(path: string): ConfigError {
  return new ConfigError(
    'file-changed',
    `${path} was written by another program in the meantime. Rekey did not change it.`,
    'Try again; Rekey reads the file anew then.',
  );
}
