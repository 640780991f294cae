import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemCode } from '../../errors.ts';
import { syncFolder, writeDurably } from '../../storage/write-durably.ts';
import type { ProviderRegistry } from '../registry.ts';
import { describedProvider } from './described-provider.ts';
import type { ServiceDescription } from './description.ts';
import { exists, invalid, unknownService, unwritable } from './errors.ts';
import { LONGEST_DESCRIPTION, parseDescription } from './parse-description.ts';
import type { ServiceCheck, ServiceProblem } from './service.schema.ts';

/** A description of the person's in its file. */
export interface StoredService {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  readonly description: ServiceDescription;
}

/** A file that is no description; it is left as it is. */
export interface BrokenService {
  readonly id: string;
  readonly file: string;
  /** Null when it can't even be read. */
  readonly text: string | null;
  readonly problems: readonly ServiceProblem[];
}

const ENDING = '.json';

/** The services that the person has described: one file each, which the registry of providers is kept up to. */
export class ServiceFolder {
  readonly #folder: string;
  readonly #registry: ProviderRegistry;
  #services: readonly StoredService[] = [];
  #broken: readonly BrokenService[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  constructor(folder: string, registry: ProviderRegistry) {
    this.#folder = folder;
    this.#registry = registry;
  }

  get services(): readonly StoredService[] {
    return this.#services;
  }

  get broken(): readonly BrokenService[] {
    return this.#broken;
  }

  has(id: string): boolean {
    return [...this.#services, ...this.#broken].some((one) => one.id === id);
  }

  /** Reads all files. Never throws: what can't be used is {@link broken}. */
  load(): Promise<void> {
    return this.#alone(() => this.#read());
  }

  /** What would come of this text. */
  check(text: string): ServiceCheck {
    const { description, problems, lineOf } = parseDescription(text);
    if (!description) return { id: null, name: null, replaces: false, problems: [...problems] };
    const { id, name } = description;
    const clashes = this.#clashes(description).map((clash) => ({ line: lineOf([clash.field]), ...clash }));
    return { id, name, replaces: this.has(id), problems: clashes };
  }

  /** @throws {ServiceError} `service-invalid`, `service-exists`, `service-unwritable`: nothing was changed then. */
  save(text: string, replace: boolean): Promise<StoredService> {
    return this.#alone(async () => {
      const { id, name, replaces, problems } = this.check(text);
      if (id === null || problems.length > 0) throw invalid(problems);
      if (replaces && !replace) throw exists(name);
      await this.#write(this.#fileOf(id), text.replace(/^\ufeff/, ''));
      await this.#read();
      const stored = this.#services.find((one) => one.id === id);
      if (!stored) throw unwritable(this.#fileOf(id), null);
      return stored;
    });
  }

  /** @throws {ServiceError} `service-unknown`, `service-unwritable`. */
  remove(id: string): Promise<void> {
    return this.#alone(async () => {
      if (!this.has(id)) throw unknownService();
      const file = this.#fileOf(id);
      try {
        await rm(file);
        await syncFolder(this.#folder);
      } catch (cause) {
        throw unwritable(file, cause);
      } finally {
        await this.#read();
      }
    });
  }

  #fileOf(id: string): string {
    return join(this.#folder, `${id}${ENDING}`);
  }

  async #write(file: string, text: string): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeDurably(file, text);
    } catch (cause) {
      throw unwritable(file, cause);
    }
  }

  async #read(): Promise<void> {
    const services: StoredService[] = [];
    const broken: BrokenService[] = [];
    for (const file of await this.#files(broken)) {
      const id = basename(file, ENDING);
      const { text, problem } = await textOf(file);
      const { description, problems } = parseDescription(text ?? '');
      const wrong = problem ? [problem] : description ? this.#misplaced(description, id) : problems;
      if (text !== null && description && wrong.length === 0) services.push({ id, file, text, description });
      else broken.push({ id, file, text, problems: wrong });
    }
    this.#services = services;
    this.#broken = broken;
    this.#registry.describe(services.map(({ description }) => describedProvider(description)));
  }

  async #files(broken: BrokenService[]): Promise<string[]> {
    try {
      const names = (await readdir(this.#folder)).filter((name) => name.endsWith(ENDING));
      return names.sort().map((name) => join(this.#folder, name));
    } catch (error) {
      if (systemCode(error) !== 'ENOENT')
        broken.push({ id: '', file: this.#folder, text: null, problems: [unreadable(error)] });
      return [];
    }
  }

  /** What keeps a good description from being used under the name that its file has. */
  #misplaced({ id }: ServiceDescription, fileId: string): ServiceProblem[] {
    if (id !== fileId) return [{ line: 1, field: 'id', message: 'is not the name of its file' }];
    return this.#registry.isBuiltIn(id) ? [{ line: 1, field: 'id', message: BUILT_IN }] : [];
  }

  #clashes({ id, name }: ServiceDescription): { field: string; message: string }[] {
    const same = this.#registry.all().some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase());
    return [
      ...(this.#registry.isBuiltIn(id) ? [{ field: 'id', message: BUILT_IN }] : []),
      ...(same ? [{ field: 'name', message: 'is the name of another service already' }] : []),
    ];
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => {});
    return next;
  }
}

const BUILT_IN = 'is that of a service which Rekey knows by itself';

async function textOf(file: string): Promise<{ text: string | null; problem: ServiceProblem | null }> {
  try {
    const { size } = await stat(file);
    // A character takes three bytes in UTF-8 at most, or four for two.
    if (size > 3 * LONGEST_DESCRIPTION)
      return { text: null, problem: { line: 1, field: '', message: 'it is too long' } };
    return { text: await readFile(file, 'utf8'), problem: null };
  } catch (error) {
    return { text: null, problem: unreadable(error) };
  }
}

function unreadable(error: unknown): ServiceProblem {
  return { line: 1, field: '', message: `it can’t be read (${systemCode(error) ?? 'unknown reason'})` };
}
