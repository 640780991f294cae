import { isSamePlace } from '../configs/destination.ts';
import type { Snapshot } from '../configs/snapshot.ts';
import { type Keychain, KeychainError } from '../credentials/keychain.ts';
import type { Secret } from '../credentials/secret.ts';
import { RekeyError, systemCode } from '../errors.ts';
import type { BackupHeader, BackupList, BackupReason, BackupView } from './backup.schema.ts';
import { BackupKey } from './backup-key.ts';
import { BackupError, damaged, keyGone } from './errors.ts';
import { isIntact, openVersion, readVersion, type SealedVersion, sealVersion } from './sealed-version.ts';
import { tooMany } from './too-many.ts';
import { type Shelf, shelfOf, VersionFiles } from './version-files.ts';

const KEPT_PER_FILE = 5;
const KEPT_FOR_MS = 30 * 24 * 60 * 60_000;

interface Options {
  readonly folder: string;
  readonly keychain: Keychain;
  readonly now: () => Date;
}

/** A version that was kept. `isNew`: it wasn't there before, as the newest one of its file. */
export interface Kept {
  readonly at: string;
  readonly isNew: boolean;
}

/**
 * Earlier versions of config files, whole, compressed and sealed: the last five of each file, for 30 days.
 *
 * What is wrong with one version is said of that one, and keeps no other from being listed, opened or written.
 */
export class BackupStore {
  readonly #files: VersionFiles;
  readonly #key: BackupKey;
  readonly #now: () => Date;

  constructor({ folder, keychain, now }: Options) {
    this.#files = new VersionFiles(folder);
    this.#key = new BackupKey(folder, keychain);
    this.#now = now;
  }

  /**
   * Keeps a file as it was read. Content that the newest version holds already is not stored twice.
   * @throws {BackupError} `backup-not-written`, whatever the reason is. The file itself is never touched.
   */
  keep(old: Snapshot, reason: BackupReason): Promise<Kept> {
    return this.#keep(old, reason, () => this.#prepare());
  }

  /** The same for several files, and the keychain is asked once for all of them: now, or again where it gives nothing now. */
  keeper(): BackupStore['keep'] {
    let prepared: Promise<Secret> | null = null;
    const prepare = (): Promise<Secret> => {
      prepared ??= this.#prepare().catch((error: unknown) => {
        prepared = null;
        throw error;
      });
      return prepared;
    };
    prepare().catch(() => {});
    return (old, reason) => this.#keep(old, reason, prepare);
  }

  /** Takes back a version that was kept for a change that didn't come about. */
  async discard(path: string, { at, isNew }: Kept): Promise<void> {
    const shelf = shelfOf(path);
    if (isNew) await this.#files.alone(shelf, () => this.#files.remove(shelf, [at]));
  }

  /** Removes the versions of one file that are too many or too old. */
  async prune(path: string): Promise<void> {
    const shelf = shelfOf(path);
    // Most shelves are in order, and are not locked for nothing.
    if (this.#outdated(await this.#files.times(shelf)).length > 0) await this.#pruneShelf(shelf);
  }

  /** The same for every file, and what a process that died left half written goes too. What can't be removed now stays. */
  async pruneAll(): Promise<void> {
    for (const shelf of await this.#files.shelves()) await this.#pruneShelf(shelf).catch(() => {});
  }

  /** The path under which versions of this file are kept, or null: another path may lead to the same place. */
  async pathOf(file: string): Promise<string | null> {
    if ((await this.#files.times(shelfOf(file))).length > 0) return file;
    for (const shelf of await this.#files.shelves()) {
      const path = await this.#pathOn(shelf);
      if (path !== null && (await isSamePlace(path, file))) return path;
    }
    return null;
  }

  /** All versions, or those of the file that is kept under this path. Without its keychain it tells what it can. */
  async list(path: string | null): Promise<BackupList> {
    const key = await this.#key.find().catch(() => null);
    const shelves = path === null ? await this.#files.shelves() : [shelfOf(path)];
    const backups: BackupView[] = [];
    const damages: BackupList['damaged'] = [];
    for (const shelf of shelves) {
      for (const at of await this.#files.times(shelf)) {
        const version = await this.#version(shelf, at).catch(() => null);
        if (version) backups.push(viewOf(version, key));
        else damages.push(damaged(this.#files.pathOf(shelf, at)).view);
      }
    }
    return { backups: backups.sort(byFileAndTime), damaged: damages };
  }

  /**
   * One version as it was.
   * @param at as it is listed.
   * @throws {BackupError} `backup-damaged`, `backup-key-gone`; {KeychainError}.
   */
  async open(path: string, at: string): Promise<{ header: BackupHeader; bytes: Buffer }> {
    const what = nameOf(path, at);
    const version = await this.#version(shelfOf(path), at).catch((cause: unknown) => {
      throw damaged(what, cause);
    });
    if (!version) throw damaged(what);
    const key = await this.#key.find();
    if (!key || key.fingerprint !== version.header.sealedWith) throw keyGone(what);
    const bytes = await openVersion(version, key);
    if (!bytes) throw damaged(what);
    return { header: version.header, bytes };
  }

  /** The folder, and the key that versions are sealed with. */
  async #prepare(): Promise<Secret> {
    await this.#files.makeFolder();
    return this.#key.findOrMake();
  }

  async #keep(old: Snapshot, reason: BackupReason, prepare: () => Promise<Secret>): Promise<Kept> {
    try {
      const key = await prepare();
      const shelf = shelfOf(old.path);
      return await this.#files.alone(shelf, () => this.#add(shelf, old, reason, key));
    } catch (cause) {
      throw notWritten(old.path, cause);
    }
  }

  async #add(shelf: Shelf, old: Snapshot, reason: BackupReason, key: Secret): Promise<Kept> {
    const [newest] = await this.#files.times(shelf);
    if (newest !== undefined && (await this.#holds(shelf, newest, old, key))) return { at: newest, isNew: false };
    const at = after(newest, this.#now());
    const { path, bytes, hash: sha256, mode, uid, gid } = old;
    const header = { path, at, size: bytes.length, mode, uid, gid, sha256, reason, sealedWith: key.fingerprint };
    await this.#files.write(shelf, at, await sealVersion(header, bytes, key));
    return { at, isNew: true };
  }

  async #holds(shelf: Shelf, at: string, { hash }: Snapshot, key: Secret): Promise<boolean> {
    const head = readVersion(await this.#files.readHead(shelf, at));
    if (head?.header.sha256 !== hash) return false;
    const version = await this.#version(shelf, at);
    return version !== null && isIntact(version, key);
  }

  /** Null for a file that is no version, or one that was moved here from elsewhere. */
  async #version(shelf: Shelf, at: string): Promise<SealedVersion | null> {
    const version = readVersion(await this.#files.read(shelf, at));
    return version && version.header.at === at && shelfOf(version.header.path) === shelf ? version : null;
  }

  async #pathOn(shelf: Shelf): Promise<string | null> {
    for (const at of await this.#files.times(shelf)) {
      const path = readVersion(await this.#files.readHead(shelf, at))?.header.path;
      if (path !== undefined && shelfOf(path) === shelf) return path;
    }
    return null;
  }

  #pruneShelf(shelf: Shelf): Promise<void> {
    return this.#files.alone(shelf, async () => {
      await this.#files.remove(shelf, this.#outdated(await this.#files.times(shelf)));
    });
  }

  /** @param times newest first. */
  #outdated(times: readonly string[]): string[] {
    const oldest = this.#now().getTime() - KEPT_FOR_MS;
    const young = times.filter((at) => Date.parse(at) >= oldest);
    return [...times.filter((at) => Date.parse(at) < oldest), ...tooMany(young, KEPT_PER_FILE)];
  }
}

function viewOf(version: SealedVersion, key: Secret | null): BackupView {
  const { path, at, size, reason, sealedWith } = version.header;
  const what = nameOf(path, at);
  const isSealedWith = key?.fingerprint === sealedWith;
  const problem = key && !isSealedWith ? keyGone(what) : key && !isIntact(version, key) ? damaged(what) : null;
  return { file: path, at, size, reason, problem: problem?.view ?? null };
}

function nameOf(path: string, at: string): string {
  return `of ${path} from ${at}`;
}

function byFileAndTime(one: BackupView, other: BackupView): number {
  return one.file === other.file ? (one.at < other.at ? 1 : -1) : one.file < other.file ? -1 : 1;
}

/** Later than the newest one, also when two come in one millisecond or the clock was put back: the times tell the order. */
function after(newest: string | undefined, now: Date): string {
  const earliest = newest === undefined ? 0 : Date.parse(newest) + 1;
  return new Date(Math.max(now.getTime(), earliest)).toISOString();
}

function notWritten(path: string, cause: unknown): BackupError {
  const [why, wayOut] = whyNot(cause);
  return new BackupError(
    'backup-not-written',
    `The version of ${path} until now could not be kept as a backup: ${why}.`,
    wayOut,
    { cause },
  );
}

/** In words of its own: those of the cause say that nothing was changed, which isn't theirs to know here. */
function whyNot(cause: unknown): readonly [why: string, wayOut: string] {
  if (cause instanceof KeychainError) return ['the keychain can’t be used now', 'Unlock the keychain.'];
  const code = cause instanceof RekeyError ? cause.code : systemCode(cause);
  return [
    code === 'ENOSPC' ? 'the disk is full' : `Rekey’s data folder can’t be written (${code ?? 'unknown reason'})`,
    'Free some space, or mend the rights on Rekey’s data folder.',
  ];
}
