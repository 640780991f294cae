import type { FormatName } from '../configs/formats/format-name.ts';
import type { TablePattern } from '../configs/site.ts';
import type { Platform } from '../machine.ts';
import type { Reload } from './host.schema.ts';

/** How a host guards its file while it writes. Times are in milliseconds. */
export type Lock =
  /** The folder `<file>.lock`, in proper-lockfile's protocol: made to take it, touched while it is held. */
  | { readonly kind: 'lock-directory'; readonly staleMs: number }
  /** The folder `<file>.lock` with one file `owner.<pid>.<ms>.<uuid>` in it (Cline). */
  | { readonly kind: 'owner-directory'; readonly staleMs: number }
  /** flock(2) on the file of this name in the folder of the config, where it is there; `*` stands for the config's name. */
  | { readonly kind: 'flock'; readonly name: string };

/** One file of a host on this machine. */
export interface HostFile {
  readonly hostId: string;
  readonly scope: string;
  /** Absolute, in the platform's own notation. */
  readonly path: string;
  /** It belongs to a project, not to the person. */
  readonly inProject: boolean;
  /** Other hosts that read it too. */
  readonly alsoReadBy: readonly string[];
  readonly format: FormatName;
  /** None: the file is looked at, and a key in it is reported and never changed. */
  readonly tables: readonly TablePattern[];
  readonly lock: Lock | null;
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
export type Host = HostFacts & Patchability;

/**
 * Whether Rekey can put a key in place. `partly`: some of its keys; `no`: none, since they are encrypted or in a database.
 * Then `byHand` tells, in whole sentences, what Rekey can't reach and what the person does instead.
 */
export type Patchability =
  | { readonly patchable: 'yes' }
  | {
      readonly patchable: 'partly' | 'no';
      readonly byHand: { readonly why: string; readonly todo: string };
    };

export interface HostFacts {
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
  /** A program with windows of its own, which Rekey may quit and start again when the person agrees; not one in a terminal. */
  readonly isDesktopApp: boolean;
  /** Where in a server's entry keys stand: `env.*`, `args[]`, `headers.*`, `url`. */
  readonly secretFields: readonly string[];
  /** Notations for "take the value from there" that the host knows: `${NAME}`, `{env:NAME}`. Rekey leaves them as they are. */
  readonly references: readonly string[];
  /** Copies that the host makes of its files. */
  readonly copies: readonly Place[];
  /** Where the host itself notes which projects it has seen. */
  readonly projectLists?: readonly ProjectList[];
  /** How far the facts are proven, by the weakest that a rotation relies on. */
  readonly known: Known;
  /** Where the facts come from. */
  readonly evidence: string;
}

/** `run` its own program wrote and read the file · `source` its source was read · `documented` by its makers. */
export type Known = 'run' | 'source' | 'documented' | 'third-party' | 'unverified';

export type ProjectList =
  /** The names in the object at this path are the folders; of a JSON file where no format is given. */
  | { readonly place: Place; readonly namesOf: readonly string[]; readonly format?: FormatName }
  /** The text at this path of a JSON file is the folder, or a file in it, as a `file://` address. */
  | { readonly place: Place; readonly uriAt: readonly string[]; readonly ofFile?: true };

export interface HostFileSpec {
  readonly scope: string;
  readonly place: Place;
  readonly format: FormatName;
  readonly tables: readonly TablePattern[];
  readonly lock?: Lock;
}
