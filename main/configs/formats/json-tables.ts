import type { PlaceInEntry } from '../../hosts/host.schema.ts';
import { placeOf } from '../place.ts';
import type { TablePattern } from '../site.ts';
import { type Container, type Entry, type Literal, leadsTo, NAME_MEMBERS, pathTo, type Reading } from './format.ts';
import type { JsonListener } from './json-scanner.ts';

/** One object or array that is open and listened to. */
interface Frame extends Container {
  readonly isArray: boolean;
  /** Patterns of which this is on the way; none from the table on. */
  readonly onTheWay: readonly TablePattern[];
  readonly depth: number;
  readonly isTable: boolean;
  readonly entry: OpenEntry | null;
  /** It is itself an entry, of a table that is a list. */
  readonly isListed: boolean;
  /** Known from the first field of the entry that tells it. */
  readonly place: PlaceInEntry | null;
  /** The name, or the index, of the value that comes next. */
  next: string | number;
}

type OpenEntry = { -readonly [K in keyof Entry]: Entry[K] } & {
  /** The member that has named it; null for one that has its name from the table. */
  namedBy: string | null;
};

function nameEntry(entry: OpenEntry, member: string, name: string): void {
  const before = entry.namedBy === null ? NAME_MEMBERS.length : NAME_MEMBERS.indexOf(entry.namedBy);
  if (NAME_MEMBERS.indexOf(member) > before) return;
  entry.server = name;
  entry.namedBy = member;
}

/** Hears a JSON document and keeps what is in its server tables; asks for quiet wherever no table can be. */
export class JsonTables implements JsonListener, Reading {
  readonly literals: Literal[] = [];
  readonly entries: OpenEntry[] = [];
  readonly comments: number[] = [];
  readonly #bytes: Buffer;
  readonly #tables: readonly TablePattern[] | 'everything';
  readonly #open: Frame[] = [];

  constructor(bytes: Buffer, tables: readonly TablePattern[] | 'everything') {
    this.#bytes = bytes;
    this.#tables = tables;
  }

  key(start: number, end: number): void {
    const frame = this.#open.at(-1);
    if (frame) frame.next = nameOf(this.#bytes, start, end);
  }

  open(isArray: boolean, start: number): boolean {
    const frame = this.#frameFor(isArray, start);
    if (frame === null) {
      advance(this.#open.at(-1));
      return false;
    }
    this.#open.push(frame);
    return true;
  }

  close(end: number): void {
    const frame = this.#open.pop();
    const parent = this.#open.at(-1);
    if (frame?.entry && frame.entry !== parent?.entry) frame.entry.end = end;
    advance(parent);
  }

  text(start: number, end: number): void {
    const container = this.#open.at(-1);
    if (!container) return;
    const entry = container.entry ?? (container.isTable ? this.#newEntry(container, start - 1, end + 1) : null);
    if (entry) {
      const place = container.place ?? (container.isTable ? null : placeOf(container.next));
      this.literals.push({
        entry,
        container,
        key: container.next,
        place: entry.server === null ? 'field' : (place ?? 'field'),
        start,
        end,
        style: 'string',
      });
      if (container.isListed && NAME_MEMBERS.includes(String(container.next))) {
        nameEntry(entry, String(container.next), nameOf(this.#bytes, start, end));
      }
    }
    advance(container);
  }

  other(): void {
    advance(this.#open.at(-1));
  }

  comment(start: number, end: number): void {
    this.comments.push(start, end);
  }

  /** @returns null when neither a table nor a part of one can be inside. */
  #frameFor(isArray: boolean, start: number): Frame | null {
    const parent = this.#open.at(-1) ?? null;
    const frame = {
      parent,
      isArray,
      next: isArray ? 0 : '',
      isTable: false,
      entry: null,
      isListed: false,
      onTheWay: [],
      place: null,
    };
    if (parent === null) {
      const root = { ...frame, key: null, depth: 0 };
      if (this.#tables === 'everything') return { ...root, entry: this.#newEntry(null, start, start) };
      return { ...root, onTheWay: this.#tables, isTable: this.#tables.some((pattern) => pattern.length === 0) };
    }
    const key = parent.next;
    const inside = { ...frame, key, depth: parent.depth + 1 };
    if (parent.entry) return { ...inside, entry: parent.entry, place: parent.place ?? placeOf(key, !isArray) };
    const onTheWay = parent.onTheWay.filter((pattern) => leadsTo(pattern, parent.depth, key));
    // Where the root may be a bare table or hold one, what leads to a table is no server.
    if (onTheWay.length > 0) {
      return { ...inside, isTable: onTheWay.some((pattern) => pattern.length === inside.depth), onTheWay };
    }
    if (!parent.isTable) return null;
    return { ...inside, entry: this.#newEntry(parent, start, start), isListed: parent.isArray };
  }

  #newEntry(table: Frame | null, start: number, end: number): OpenEntry {
    const server = table === null ? null : String(table.next);
    const entry = { server, table: table === null ? null : pathTo(table), start, end, namedBy: null };
    this.entries.push(entry);
    return entry;
  }
}

function advance(frame: Frame | undefined): void {
  if (typeof frame?.next === 'number') frame.next++;
}

function nameOf(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start, end);
  return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw;
}
