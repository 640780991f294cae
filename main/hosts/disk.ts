import { readdir, realpath } from 'node:fs/promises';

/** What the catalogue asks of the disk; passed in, so that another platform's folders are tested on this one. */
export interface Disk {
  /** Names in a folder, sorted; none where there is no such folder or it can't be read. */
  list(folder: string): Promise<readonly string[]>;
  /** The path with every link followed, or null where nothing can be found. */
  realPath(path: string): Promise<string | null>;
}

/** The disk of this machine. */
export const thisDisk: Disk = {
  async list(folder) {
    try {
      return (await readdir(folder)).sort();
    } catch {
      return [];
    }
  },
  async realPath(path) {
    try {
      return await realpath(path);
    } catch {
      return null;
    }
  },
};
