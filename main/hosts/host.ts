import type { TablePattern } from '../configs/site.ts';
import type { Platform } from '../machine.ts';
import type { Reload } from './host.schema.ts';

/** How a host guards its file while it writes: `lock-directory` is `<file>.lock` in proper-lockfile's protocol. */
export type LockKind = 'lock-directory';

/** One file of a host on this machine. */
export interface HostFile {
  readonly hostId: string;
  readonly scope: string;
  /** Absolute, in the platform's own notation. */
  readonly path: string;
  readonly format: 'json' | 'jsonc';
  /** None: the file is looked at, and a key in it is reported and never changed. */
  readonly tables: readonly TablePattern[];
  readonly lock: { readonly kind: LockKind; readonly path: string } | null;
}

/**
 * A path, or one per platform that has it. `/` separates folders everywhere. In it stand
 * - `~` the home folder
 * - `%NAME%` a folder of Windows
 * - `${NAME:-default}` the place that a variable moves, and the default: programs started from a desktop don't see what a
 *   shell's profile sets, so both are looked at; `${NAME}` nothing when it isn't set
 * - `*` any characters within one name; only what is there
 * - `<project>` each project's folder; `<above>` each folder above one, and in it only what is there
 */
export type Place = string | Readonly<Partial<Record<Platform, string>>>;

/** What a newcomer adds to the catalogue for one more host. */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly files: readonly HostFileSpec[];
  /** Files or folders that show that the host is there even without a config. */
  readonly traces: readonly Place[];
  /**
   * The programs that are this host, by the end of the path of their executable (or of the script that a runtime such
   * as node runs): `Claude.app/Contents/MacOS/Claude`, `claude/versions/*`, `cursor`. Compared name by name,
   * never as a part of one. Empty where the host has no program that lasts.
   */
  readonly programs: Readonly<Partial<Record<Platform, readonly string[]>>>;
  readonly reload: Reload;
  /** The host writes its file from memory, and so can put an old key back. */
  readonly rewritesFile: boolean;
  /** Copies that the host makes of its files. */
  readonly copies: readonly Place[];
  /** Where the host itself notes which projects it has seen: the names in the object `table` are their folders. */
  readonly projectLists?: readonly { readonly place: Place; readonly table: string }[];
  /** Where the facts come from and how far they are proven. */
  readonly evidence: string;
}

export interface HostFileSpec {
  readonly scope: string;
  readonly place: Place;
  readonly format: 'json' | 'jsonc';
  readonly tables: readonly TablePattern[];
  readonly lock?: LockKind;
}
