import { RekeyError } from '../errors.ts';

export type ConfigErrorCode =
  | 'file-missing'
  | 'file-unreadable'
  | 'file-unwritable'
  | 'file-not-regular'
  | 'file-too-large'
  | 'file-link-broken'
  | 'file-not-parsable'
  | 'file-changed'
  | 'file-locked'
  | 'file-write-failed'
  | 'patch-refused';

/** Something about one config file. The message names the file and says that it wasn't changed. */
export class ConfigError extends RekeyError<ConfigErrorCode> {}

/** One file as it was read: what a plan is made from, and what a write is checked against. */
export interface Snapshot {
  /** The path as the host knows it. */
  readonly path: string;
  /** Where the bytes are, links followed. */
  readonly target: string;
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, hex. */
  readonly hash: string;
  /** Permission bits, owner and group of the target. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}
