import type { TablePattern } from '../configs/site.ts';
import type { Platform } from '../machine.ts';
import type { Reload } from './host.schema.ts';

/** How a host guards its file while it writes. */
export type LockKind = 'lock-directory';

/** One file of a host on this machine. */
export interface HostFile {
  readonly hostId: string;
  readonly scope: string;
  /** Absolute, in the platform's own notation. */
  readonly path: string;
  readonly format: 'json' | 'jsonc';
  readonly tables: readonly TablePattern[];
  readonly lock: { readonly kind: LockKind; readonly path: string } | null;
}

/** What a newcomer adds to the catalogue for one more host. */
export interface Host {
  readonly id: string;
  readonly name: string;
  readonly files: readonly HostFileSpec[];
  /** Files or folders that show that the host is there even without a config. */
  readonly traces: readonly string[] | Readonly<Partial<Record<Platform, readonly string[]>>>;
  /** Names of its processes, per platform; empty where it has none that lasts. */
  readonly processes: Readonly<Partial<Record<Platform, readonly string[]>>>;
  readonly reload: Reload;
  readonly rewritesFile: boolean;
  /** Globs of copies that the host makes of its file. */
  readonly copies: readonly string[];
  /** Where the facts come from and how far they are proven. */
  readonly evidence: string;
}

export interface HostFileSpec {
  readonly scope: string;
  /** Path per platform with `~`, `%NAME%`, `${NAME:-default}` and one-level `*`; `<project>/...` for project files. */
  readonly path: string | Readonly<Partial<Record<Platform, string>>>;
  readonly format: 'json' | 'jsonc';
  readonly tables: readonly TablePattern[];
  readonly lock?: LockKind;
}
