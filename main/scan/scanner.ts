import { createHmac, randomBytes } from 'node:crypto';
import { ConfigError, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import { masked, publicPrefix } from '../credentials/mask.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import type { Machine } from '../machine.ts';
import type { Provider } from '../providers/provider.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { ConfigFile, Places } from '../rotation/places.ts';
import { providerFiles } from '../rotation/provider-files.ts';
import type { Rotations } from '../rotation/rotations.ts';
import { findingGone, findingUnknown } from './errors.ts';
import { keyForms } from './key-forms.ts';
import { knownKeys } from './known-keys.ts';
import type { Rules } from './rules.ts';
import type { FoundKey, Scan, WhyKey } from './scan.schema.ts';
import { type StandingKey, scanBytes, scanDocument } from './scan-document.ts';

interface Parts {
  readonly machine: Machine;
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
  readonly rotations: Pick<Rotations, 'list'>;
  readonly places: Places;
}

/** A file with the way to look into it. */
interface Scannable {
  readonly file: ConfigFile;
  readonly isCopy: boolean;
}

/** A finding, and the key itself for whoever takes it in. */
interface Found {
  readonly view: FoundKey;
  readonly value: Secret;
}

const HIDDEN = '••••';

type Problem = Scan['problems'][number];

/** Looks for keys that stand in plain text in all files of hosts and services. Changes nothing. */
export class Scanner {
  readonly #parts: Parts;
  /** Makes ids that nobody can compute a key from. */
  readonly #idKey = randomBytes(32);
  /** Where each finding that was ever told stands. */
  readonly #told = new Map<string, Scannable>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** One file after the other; those that can't be looked into are problems, not errors. */
  async scan(): Promise<Scan> {
    const rules = await this.#rules();
    const { files, blindSpots } = await this.#files();
    const findings: FoundKey[] = [];
    const problems: Problem[] = [];
    for (const scannable of files) {
      const { found, problem } = await this.#look(scannable, rules);
      for (const { view } of found) this.#told.set(view.id, scannable);
      findings.push(...found.map(({ view }) => view));
      if (problem) problems.push(problem);
    }
    const told = new Set(problems.map(({ file }) => file));
    return { findings, problems: [...problems, ...blindSpots.filter(({ file }) => !told.has(file))] };
  }

  /**
   * The key of a finding, read from its place once more.
   * @throws {ScanError} `finding-unknown`, `finding-gone` when it isn't there any more.
   */
  async read(id: string): Promise<Found> {
    const scannable = this.#told.get(id);
    if (!scannable) throw findingUnknown();
    const { found } = await this.#look(scannable, await this.#rules());
    const same = found.find(({ view }) => view.id === id);
    if (!same) throw findingGone(scannable.file.path);
    return same;
  }

  async #rules(): Promise<Rules> {
    return { known: await knownKeys(this.#parts), forms: keyForms(this.#parts.providers.all()) };
  }

  async #files(): Promise<{ files: Scannable[]; blindSpots: readonly Problem[] }> {
    const { places, providers, machine } = this.#parts;
    const { files, blindSpots } = await places.files();
    const own = providers.all().flatMap((provider) => providerFiles(machine, provider));
    const config = [...files, ...own].map((file) => ({ file, isCopy: false }));
    const copies = (await places.copies()).map((file) => ({ file, isCopy: true }));
    // A file that a host reads too counts as that.
    const known = new Set(config.map(({ file }) => file.path));
    return {
      files: [...config, ...copies.filter(({ file }) => !known.has(file.path))],
      blindSpots: blindSpots.map((spot) => ({ ...spot })),
    };
  }

  async #look({ file, isCopy }: Scannable, rules: Rules): Promise<{ found: Found[]; problem: Problem | null }> {
    const problem = (error: unknown): Problem => ({ owner: file.owner, file: file.path, problem: errorView(error) });
    let snapshot: Snapshot;
    try {
      snapshot = await readSnapshot(file.path, { anyBytes: isCopy });
    } catch (error) {
      const isMissing = error instanceof ConfigError && error.code === 'file-missing';
      return { found: [], problem: isMissing ? null : problem(error) };
    }
    if (isCopy) return { found: this.#viewsOf(file, scanBytes(snapshot.bytes, 'copy', rules), rules), problem: null };
    try {
      return { found: this.#viewsOf(file, scanDocument(snapshot.bytes, file, rules), rules), problem: null };
    } catch (error) {
      // What can be seen without the file's structure is worth to be known all the same.
      const found = scanBytes(snapshot.bytes, 'broken-file', rules);
      return { found: this.#viewsOf(file, found, rules), problem: problem(error) };
    }
  }

  /** The same key at one place, or outside of all places, is told once. */
  #viewsOf(file: ConfigFile, standing: readonly StandingKey[], rules: Rules): Found[] {
    const hide = withoutKeys(standing);
    const together = Map.groupBy(standing, (key) => this.#idOf(file, key));
    return [...together].flatMap(([id, keys]) => {
      const [first] = keys;
      return first ? [{ view: hide(this.#view(id, file, first, keys.length, rules)), value: first.value }] : [];
    });
  }

  #idOf({ path }: ConfigFile, { where, server, path: within, value }: StandingKey): string {
    const place = JSON.stringify([path, where, server, within, value.fingerprint]);
    return createHmac('sha256', this.#idKey).update(place).digest('hex').slice(0, 24);
  }

  #view(id: string, file: ConfigFile, key: StandingKey, times: number, rules: Rules): FoundKey {
    const { owner, path, scope } = file;
    const { where, server, place, line, value, prefix } = key;
    const why = whyOf(key, rules);
    const fitting = this.#parts.providers.all().filter((provider) => mayBeOf(provider, key));
    return {
      id,
      owner,
      file: path,
      scope,
      where,
      server,
      place,
      path: [...key.path],
      line,
      times,
      masked: masked(prefix, value.fingerprint),
      why,
      providers: why.kind === 'known' ? [] : fitting.map((provider) => provider.id),
    };
  }
}

/**
 * Whether to offer this service for the key: whoever takes it in has it sent there. Where the form alone says little (any
 * UUID, any base64), the place must say it.
 */
function mayBeOf({ name, keyPattern, keyPrefixes }: Provider, { why, value }: StandingKey): boolean {
  if (!keyPattern.test(value.reveal())) return false;
  return publicPrefix(value, keyPrefixes) !== '' || (why.kind === 'pattern' && why.service === name);
}

/** Somebody may have put a key where a name belongs: then names are shown without it. */
function withoutKeys(standing: readonly StandingKey[]): (view: FoundKey) => FoundKey {
  const keys = [...new Set(standing.map(({ value }) => value.reveal()))];
  const hide = (name: string): string => keys.reduce((text, key) => text.replaceAll(key, HIDDEN), name);
  return (view) => ({
    ...view,
    server: view.server === null ? null : hide(view.server),
    path: view.path.map((name) => (typeof name === 'string' ? hide(name) : name)),
  });
}

/** What was found by its form may be a key that the keychain doesn't give now. */
function whyOf({ why, value }: StandingKey, { known }: Rules): WhyKey {
  const as = known.byFingerprint.get(value.fingerprint);
  return as ? { kind: 'known', ...as } : why;
}
