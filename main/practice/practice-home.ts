import { mkdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../errors.ts';
import { expand, patternFor } from '../hosts/paths.ts';
import type { Machine } from '../machine.ts';
import type { Piece, PracticeFile } from './practice.schema.ts';
import { type PretendedFile, pretendedFiles } from './practice-hosts.ts';

/** A home folder of its own in which nothing is real. */
export class PracticeHome {
  readonly #folder: string;
  readonly #key: string;
  readonly machine: Machine;

  /** @param folder becomes all of its own. @param key stands in its files at first. */
  constructor(folder: string, key: string, platform: Machine['platform']) {
    this.#folder = folder;
    this.#key = key;
    // No variable of the real environment: one could lead out of here.
    this.machine = { platform, home: join(folder, 'home'), env: windowsFolders(join(folder, 'home'), folder) };
  }

  async furnish(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const file of pretendedFiles) this.write(file);
  }

  /** Writes a file as it was at first, as a program does that has it in memory. At once: before anyone looks again. */
  write(file: PretendedFile): void {
    const path = this.#pathOf(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.content(this.#key));
  }

  async allowWriting(file: PretendedFile, isAllowed: boolean): Promise<void> {
    await chmod(this.#pathOf(file), isAllowed ? 0o600 : 0o400);
  }

  /** @param keys all that may stand in them. */
  async files(keys: readonly string[]): Promise<PracticeFile[]> {
    return Promise.all(
      pretendedFiles.map(async (file): Promise<PracticeFile> => {
        const path = this.#pathOf(file);
        const before = piecesOf(file.content(this.#key), keys);
        const now = piecesOf(await textIn(path), keys);
        return { host: file.host.name, path, before, now, onlyKeysDiffer: rest(before) === rest(now) };
      }),
    );
  }

  async remove(): Promise<void> {
    await removePractice(this.#folder);
  }

  #pathOf({ spec, host }: PretendedFile): string {
    const pattern = patternFor(spec.place, this.machine);
    const [path] = pattern === null ? [] : expand(pattern, this.machine);
    if (path === undefined) throw new Error(`${host.name} has no place for its file on this platform`);
    return path;
  }
}

/** Removes what a practice has left in its folder, whether it ended in order or not. */
export async function removePractice(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Where Rekey's own folder is, and on Windows the folders that programs ask the environment for. */
function windowsFolders(home: string, folder: string): Machine['env'] {
  return {
    HOME: home,
    REKEY_HOME: join(folder, 'rekey'),
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    PROGRAMFILES: join(home, 'Programs'),
  };
}

async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // Removed by whoever looked around in there.
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function piecesOf(text: string, keys: readonly string[]): Piece[] {
  const parts = text.split(new RegExp(`(${keys.join('|')})`));
  return parts.filter((part) => part !== '').map((part) => ({ text: part, isKey: keys.includes(part) }));
}

/** All but the keys, with a mark where each stands. */
function rest(pieces: readonly Piece[]): string {
  return JSON.stringify(pieces.map(({ text, isKey }) => (isKey ? null : text)));
}
