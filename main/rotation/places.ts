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

/** All that a rotation needs to know of the hosts on this machine; the composition root makes it from `hosts/`. */
export interface Places {
  /** Existing config files of all hosts. */
  files(): Promise<readonly ConfigFile[]>;
  /** Where nobody could look, and why: projects in a list that can't be read, say. */
  blindSpots(): Promise<readonly { owner: Owner; file: string; problem: ErrorView }[]>;
  /** Copies that hosts made of their files. */
  copies(): Promise<readonly ConfigFile[]>;
  /** Hosts by id, with what is running now. */
  hosts(): Promise<ReadonlyMap<string, Plan['hosts'][number]>>;
}
