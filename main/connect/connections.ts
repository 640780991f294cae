import type { BackupStore } from '../backups/backup-store.ts';
import { replaceOnlyKept } from '../backups/replace-kept.ts';
import { createFile, makeFolderFor } from '../configs/create.ts';
import { destinationOf } from '../configs/destination.ts';
import { readDocument } from '../configs/document.ts';
import { ConfigError, hashOf, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import { checkWritable, removeUnchanged, writePatched } from '../configs/write.ts';
import { errorView } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { ConfigFile, Places } from '../rotation/places.ts';
import type { JsonFile } from '../storage/json-file.ts';
import { documentWith, inserted, insertionFor } from './add-entry.ts';
import type { AddedEntries, Connection, ConnectionChange } from './connect.schema.ts';
import type { Insertion, NewEntry } from './entry.ts';
import { type EntryForm, entryForms, type ServerProgram } from './entry-forms.ts';
import { byHand, type ConnectError, changedSince, entryChanged, hostUnknown, nothingToDo } from './errors.ts';
import { removalOf } from './remove-entry.ts';
import { readValues, valueAt } from './values.ts';

/** Of Rekey's entry in the hosts' tables of servers. */
const NAME = 'rekey';
/** A program that a person has installed a thousand servers in has smaller settings. */
const MOST_BYTES = 20_000_000;

export interface ConnectionParts {
  readonly machine: Machine;
  readonly places: Pick<Places, 'known' | 'hosts'>;
  readonly backups: BackupStore;
  readonly added: JsonFile<AddedEntries>;
  /** What hosts are to start. */
  readonly program: ServerProgram;
}

/** A host's file as it is, and where the entry is in it. */
interface Looked {
  readonly file: ConfigFile;
  /** Null where there is no file yet. */
  readonly snapshot: Snapshot | null;
  readonly entry: NewEntry;
  readonly isConnected: boolean;
}

/** A change with what makes it. */
interface Planned {
  readonly change: ConnectionChange;
  /** The file as it would be; null where none would be left. */
  readonly after: string | null;
}

/** Puts Rekey's own MCP server into hosts' settings, and takes exactly that out again. */
export class Connections {
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  /** Of all hosts, in the order of the catalogue. Changes nothing. */
  async list(): Promise<Connection[]> {
    const files = await this.#parts.places.known();
    const hosts = [...(await this.#parts.places.hosts()).values()];
    return Promise.all(hosts.map(({ id, name }) => this.#connectionOf(id, name, files)));
  }

  /** What would be done. @throws {ConnectError}, {ConfigError}. */
  async plan(host: string, connect: boolean): Promise<ConnectionChange> {
    return (await this.#planFor(await this.#look(host), connect)).change;
  }

  /**
   * Does what was planned, under the host's lock, in one rename, after the version until now was kept.
   * @param hash of the plan that the person has seen.
   * @throws {ConnectError}, {ConfigError}, {BackupError}: the file is as it was then.
   */
  async apply(host: string, connect: boolean, hash: string): Promise<ConnectionChange> {
    const { file } = await this.#look(host);
    return file.withLock(async () => {
      const looked = await this.#look(host);
      const { change, after } = await this.#planFor(looked, connect);
      if (change.hash !== hash) throw changedSince(file.path);
      // What may be in the file is always known: a text that was never written, or is taken out already, does no harm.
      if (connect) await this.#remember(change, looked.entry.value);
      await this.#write(looked, after);
      if (!connect) await this.#forget(change);
      return change;
    });
  }

  async #connectionOf(host: string, name: string, files: readonly ConfigFile[]): Promise<Connection> {
    try {
      const looked = await this.#look(host, files);
      const state = looked.isConnected ? 'connected' : 'not-connected';
      await this.#planFor(looked, !looked.isConnected);
      return { host, state, file: looked.file.path, why: null };
    } catch (error) {
      const form = entryForms[host];
      const file = form ? (filesOf(host, form, files)[0]?.path ?? null) : null;
      return { host, state: 'by-hand', file, why: errorView(form ? error : this.#unknownForm(name)) };
    }
  }

  #unknownForm(name: string): ConnectError {
    return byHand(`Rekey does not know how ${name} writes the entry of a server.`, this.#parts.program);
  }

  async #look(host: string, known?: readonly ConfigFile[]): Promise<Looked> {
    const form = entryForms[host];
    if (!form) throw hostUnknown();
    const files = filesOf(host, form, known ?? (await this.#parts.places.known()));
    const all = await Promise.all(files.map(async (file) => ({ file, snapshot: await snapshotOf(file.path) })));
    const found = all.find(({ snapshot }) => snapshot !== null) ?? all[0];
    if (!found) throw hostUnknown();
    const { file, snapshot } = found;
    if (!snapshot && form.needsFile)
      throw byHand(`${file.owner.name} has not made ${file.path} yet.`, this.#parts.program);
    if (snapshot) readDocument(snapshot.bytes, file.format, file.tables, file.path);
    const text = snapshot?.bytes.toString('utf8') ?? '';
    const read = text.trim() === '' ? { values: {} } : readValues(text, file.format);
    if (!read) throw this.#noPlace(file);
    const table = form.tables.findLast((path) => valueAt(read.values, path) !== undefined) ?? form.tables[0];
    const entry = { path: [...table, NAME], value: form.entry(this.#parts.program) };
    return { file, snapshot, entry, isConnected: valueAt(read.values, entry.path) !== undefined };
  }

  #noPlace({ path }: ConfigFile): ConnectError {
    return byHand(`${path} is written in a way that leaves no place for it.`, this.#parts.program);
  }

  async #planFor({ file, snapshot, entry, isConnected }: Looked, connect: boolean): Promise<Planned> {
    if (connect === isConnected) throw nothingToDo(file.path);
    const text = snapshot?.bytes.toString('utf8') ?? '';
    const about = { host: file.owner.id, connect, file: file.path, hash: snapshot?.hash ?? hashOf(Buffer.alloc(0)) };
    const whole = (own: string): ConnectionChange => ({ ...about, isWholeFile: true, line: 1, text: own });
    const part = (edit: Insertion): ConnectionChange => ({ ...about, isWholeFile: false, ...placed(text, edit) });
    if (connect) {
      const own = documentWith(file.format, entry);
      if (text.trim() === '') return { change: whole(own), after: own };
      const insertion = insertionFor(text, file.format, entry);
      if (!insertion) throw this.#noPlace(file);
      return { change: part(insertion), after: inserted(text, insertion) };
    }
    const added = (await this.#parts.added.read()).added.find((one) => one.file === file.path);
    if (added?.text === text) return { change: whole(text), after: null };
    // The program may have been in another place when it was connected.
    const removal = added && removalOf(text, file.format, { path: entry.path, value: added.value }, added.text);
    if (!removal) throw entryChanged(file.path);
    return { change: part(removal), after: text.slice(0, removal.at) + text.slice(removal.at + removal.text.length) };
  }

  async #write({ file, snapshot }: Looked, after: string | null): Promise<void> {
    if (!snapshot) {
      await createFile(await newFile(file.path, after ?? ''));
      return;
    }
    await checkWritable(snapshot);
    await replaceOnlyKept(this.#parts, snapshot, { kind: 'connection' }, () =>
      after === null ? removeUnchanged(snapshot) : writePatched(snapshot, Buffer.from(after)),
    );
  }

  async #remember({ file, text }: ConnectionChange, value: NewEntry['value']): Promise<void> {
    await this.#parts.added.update(({ version, added }) => ({
      version,
      added: [...without(added, file), { file, text, value }],
    }));
  }

  async #forget({ file }: ConnectionChange): Promise<void> {
    await this.#parts.added.update(({ version, added }) => ({ version, added: without(added, file) }));
  }
}

/** The host's files in which the entry may stand, the best place first. */
function filesOf(host: string, { scopes }: EntryForm, files: readonly ConfigFile[]): ConfigFile[] {
  const own = files.filter(({ owner }) => owner.id === host);
  return scopes.flatMap((scope) => own.filter((file) => file.scope === scope));
}

function without(added: AddedEntries['added'], file: string): AddedEntries['added'] {
  return added.filter((one) => one.file !== file);
}

async function snapshotOf(path: string): Promise<Snapshot | null> {
  try {
    return await readSnapshot(path, { maxBytes: MOST_BYTES });
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'file-missing') return null;
    throw error;
  }
}

async function newFile(path: string, text: string): Promise<Snapshot> {
  const target = await destinationOf(path);
  await makeFolderFor(path, target);
  const bytes = Buffer.from(text);
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return { path, target, bytes, hash: hashOf(bytes), mode: 0o600, ...owner };
}

function placed(text: string, { at, text: changed }: Insertion): { line: number; text: string } {
  return { line: text.slice(0, at).split('\n').length, text: changed };
}
