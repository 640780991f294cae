import type { Secret } from '../credentials/secret.ts';
import type { Form, PlaceInEntry } from '../hosts/host.schema.ts';
import type { Extent, Written } from './extent.ts';
import type { Source } from './references.ts';

/** Object keys and array indexes from the root of the document. */
export type JsonPath = readonly (string | number)[];

/** The way to a table of servers; `*` stands for any one key: `["projects", "*", "mcpServers"]`. */
export type TablePattern = readonly string[];

/** A secret to look for. `role` is `key`, or the name of a companion secret. */
export interface Needle {
  readonly role: string;
  readonly value: Secret;
}

/** What to look for in one document, and where a find may be changed. */
export interface Search {
  readonly needles: readonly Needle[];
  /** Keys are only changed inside these tables; `everything` for a file that belongs to the provider itself. */
  readonly tables: readonly TablePattern[] | 'everything';
  /** Variables that hold this provider's key: a reference or another key under one of them is reported. */
  readonly envNames: readonly string[];
  /** Variables that stand beside the key in the same object and belong to it, whatever their value is now. */
  readonly companions: readonly { readonly role: string; readonly envName: string }[];
}

/** The string value in which a key stands. */
export interface SiteLiteral extends Written {
  /** The value is a whole command line, which a shell or the host takes apart into words. */
  readonly isCommandLine: boolean;
}

/** One place where a key stands and may be changed: the bytes `start` to `end` of the file, and nothing else. */
export interface Site {
  readonly role: string;
  /** Name of the server's entry, null in a provider's own file. */
  readonly server: string | null;
  readonly place: PlaceInEntry;
  readonly form: Form;
  readonly path: JsonPath;
  /** The way to the table in which the server's entry stands; null in a provider's own file. */
  readonly table: JsonPath | null;
  /** Byte offsets of the secret as it is written in the file, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** The whole string value around it. */
  readonly within: SiteLiteral;
  /** Where the secret stands in the text that its own reader sees, in bytes. */
  readonly inner: Extent;
  /** From 1. */
  readonly line: number;
  /** Fingerprint of the secret that stands there: an edit is refused when something else stands there by then. */
  readonly fingerprint: string;
}

/** What one document holds of what was looked for. */
export interface Findings {
  readonly sites: readonly Site[];
  /** The key outside every server table: reported, never changed. */
  readonly outside: readonly { readonly where: 'comment' | 'outside-server-table'; readonly line: number }[];
  readonly references: readonly {
    readonly server: string | null;
    readonly path: JsonPath;
    readonly name: string;
    /** Without the default that it may hold, which can be a key. */
    readonly expression: string;
    readonly source: Source;
    readonly line: number;
  }[];
  /** A variable of the provider with a literal value that is none of the needles. */
  readonly otherKeys: readonly { readonly server: string | null; readonly name: string; readonly line: number }[];
  /** Names of all servers in the tables. */
  readonly servers: readonly string[];
}

/** One secret to be put in the place of another. */
export interface Edit {
  readonly site: Site;
  readonly value: Secret;
}
