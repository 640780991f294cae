import { lstat, readdir, realpath } from 'node:fs/promises';
import { systemCode } from '../errors.ts';
import type { Machine } from '../machine.ts';
import { namePattern } from './name-pattern.ts';
import { foldersAbove, pathsOf } from './paths.ts';

/** What the catalogue asks of the disk; passed in, so that another platform's folders are tested on this one. */
export interface Disk {
  /** Names in a folder, sorted; none where there is no such folder or it can't be read. */
  list(folder: string): Promise<readonly string[]>;
  /** The path with every link followed, or null where nothing can be found. */
  realPath(path: string): Promise<string | null>;
  /** Whether a link stands there, wherever it leads. */
  isLink(path: string): Promise<boolean>;
  /** Whether it is known already, without asking, that the folder holds nothing of this name, in which `*` may stand. */
  rulesOut?(folder: string, name: string): boolean;
}

/** A disk that remembers what it has seen. */
export interface OneLook extends Disk {
  /** Lists folders ahead, so that most of what isn't in them is ruled out at once. */
  remember(folders: readonly string[]): Promise<void>;
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
  async isLink(path) {
    try {
      return (await lstat(path)).isSymbolicLink();
    } catch {
      return false;
    }
  },
};

/**
 * The disk of this machine for one look at all places: each folder is listed once, each path followed once, and what isn't
 * in the list of its folder isn't asked for. A thousand projects have a hundred thousand places in which nothing is.
 */
export function forOneLook(machine: Machine): OneLook {
  const paths = pathsOf(machine);
  const sameCase = machine.platform === 'linux';
  const listings = new Map<string, Promise<ReadonlySet<string> | null>>();
  const remembered = new Map<string, ReadonlySet<string>>();
  const followed = new Map<string, Promise<string | null>>();
  const nameIn = (name: string): string => (sameCase ? name : name.normalize().toLowerCase());

  /** Null where a folder is there and can't be listed: what is in it can then only be asked for. */
  async function listing(folder: string): Promise<ReadonlySet<string> | null> {
    const parent = paths.dirname(folder);
    if (parent !== folder && (await mayBeThere(parent, paths.basename(folder))) === false) return new Set();
    try {
      return new Set((await readdir(folder)).map(nameIn));
    } catch (error) {
      const code = systemCode(error);
      return code === 'ENOENT' || code === 'ENOTDIR' ? new Set() : null;
    }
  }

  async function mayBeThere(folder: string, name: string): Promise<boolean> {
    const known = listings.get(folder) ?? listing(folder);
    listings.set(folder, known);
    const names = await known;
    return names === null || names.has(nameIn(name));
  }

  async function isRuledOut(path: string): Promise<boolean> {
    const parent = paths.dirname(path);
    return parent !== path && !(await mayBeThere(parent, paths.basename(path)));
  }

  async function follow(path: string): Promise<string | null> {
    return (await isRuledOut(path)) ? null : thisDisk.realPath(path);
  }

  return {
    async remember(folders) {
      const all = folders.flatMap((folder) => [folder, ...foldersAbove(folder, paths)]);
      for (const folder of new Set(all)) {
        const names = await (listings.get(folder) ?? listing(folder));
        listings.set(folder, Promise.resolve(names));
        if (names) remembered.set(folder, names);
      }
    },
    rulesOut(folder, name) {
      const names = remembered.get(folder);
      if (!names) return false;
      if (!name.includes('*')) return !names.has(nameIn(name));
      const fits = namePattern(name, !sameCase);
      return ![...names].some((each) => fits.test(each));
    },
    list: async (folder) => ((await isRuledOut(folder)) ? [] : thisDisk.list(folder)),
    realPath(path) {
      const known = followed.get(path) ?? follow(path);
      followed.set(path, known);
      return known;
    },
    async isLink(path) {
      return (await mayBeThere(paths.dirname(path), paths.basename(path))) && thisDisk.isLink(path);
    },
  };
}
