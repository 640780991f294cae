import { lstat, rename } from 'node:fs/promises';
import { type ErrorView, systemCode } from '../errors.ts';
import { StorageError } from './errors.ts';

/** A file of ours that could not be used and was moved out of the way, for the person to look at. */
export interface SetAside {
  readonly from: string;
  readonly to: string;
  readonly view: ErrorView;
}

/**
 * Moves a file that can't be used aside; nothing is ever written over it.
 * @throws {StorageError} `storage-unreadable` when it can't be moved either.
 */
export async function setAside(path: string, now: Date = new Date()): Promise<SetAside> {
  const to = await freeName(`${path}.unreadable-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
  try {
    await rename(path, to);
  } catch (cause) {
    throw new StorageError(
      'storage-unreadable',
      `Rekey does not understand its file ${path} and can’t move it out of the way (${systemCode(cause)}). It was left as it is.`,
      'Move it elsewhere yourself, or mend the rights on its folder.',
      { cause },
    );
  }
  return {
    from: path,
    to,
    view: {
      code: 'file-set-aside',
      message: `Rekey could not read its file ${path} and moved it to ${to}. Nothing in it was changed or deleted.`,
      wayOut: 'If Rekey was updated backwards, install the newer version again and move the file back.',
    },
  };
}

/** A rename replaces what has the name already, and two files may be set aside in the same millisecond. */
async function freeName(wanted: string): Promise<string> {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    const taken = await lstat(name).then(
      () => true,
      () => false,
    );
    if (!taken) return name;
  }
}
