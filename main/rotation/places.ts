import type { TablePattern } from '../configs/site.ts';
import type { ErrorView } from '../errors.ts';
import type { Owner, Plan } from './plan.schema.ts';

/** One config file on this machine in which a key may stand. */
export interface ConfigFile {
  readonly owner: Owner;
  readonly scope: string;
  /** Absolute. */
  readonly path: string;
  readonly format: 'json' | 'jsonc';
  /** Where in it a key may be changed. */
  readonly tables: readonly TablePattern[] | 'everything';
  /**
   * Does `work` while the owner's own lock on the file is held, if it has one.
   * @throws {ConfigError} `file-locked` when it stays taken.
   */
  withLock<T>(work: () => Promise<T>): Promise<T>;
}

export interface BlindSpot {
  readonly owner: Owner;
  readonly file: string;
  readonly problem: ErrorView;
}

/** All that a rotation needs to know of the hosts on this machine; the composition root makes it from `hosts/`. */
export interface Places {
  /** Existing config files of all hosts, and where nobody could look: projects in a list that can't be read, say. */
  files(): Promise<{ readonly files: readonly ConfigFile[]; readonly blindSpots: readonly BlindSpot[] }>;
  /** Copies that hosts made of their files. */
  copies(): Promise<readonly ConfigFile[]>;
  /** Hosts by id, with what is running now. */
  hosts(): Promise<ReadonlyMap<string, Plan['hosts'][number]>>;
}
