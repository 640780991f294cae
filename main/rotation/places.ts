import type { FormatName } from '../configs/formats/format-name.ts';
import type { Needle, TablePattern } from '../configs/site.ts';
import type { ErrorView } from '../errors.ts';
import type { ValueSources } from '../hosts/value-sources.ts';
import type { Owner, Plan } from './plan.schema.ts';

/** One config file on this machine in which a key may stand. */
export interface ConfigFile {
  readonly owner: Owner;
  /** Other hosts that read it too. */
  readonly alsoReadBy: readonly { readonly id: string; readonly name: string }[];
  readonly scope: string;
  /** Absolute. */
  readonly path: string;
  readonly format: FormatName;
  /** Notations for references that its readers know, as in the catalogue. */
  readonly references: readonly string[];
  /** Where in it a key may be changed. */
  readonly tables: readonly TablePattern[] | 'everything';
  /** Where in a server's entry secrets stand beside variables, arguments, headers and addresses: `auth.*`. */
  readonly secretFields: readonly string[];
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
  /** Every file that the catalogue knows of on this machine, there or not. */
  known(): Promise<readonly ConfigFile[]>;
  /** Where references take their values from; `needles` are the keys to recognize there, each under its credential's name. */
  valueSources(needles: readonly Needle[]): Pick<ValueSources, 'of'>;
  /** Copies that hosts made of their files. */
  copies(): Promise<readonly ConfigFile[]>;
  /** Hosts by id, with what is running now. */
  hosts(): Promise<ReadonlyMap<string, Plan['hosts'][number]>>;
}
