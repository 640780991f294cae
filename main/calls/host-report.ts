import { access, constants } from 'node:fs/promises';
import pMap from 'p-map';
import { placesOutside } from '../clean-up/places-outside.ts';
import { findSites } from '../configs/find.ts';
import { Lines } from '../configs/lines.ts';
import { holdsKey } from '../configs/outside.ts';
import type { Findings, Needle } from '../configs/site.ts';
import { ConfigError, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import { catalogue } from '../hosts/catalogue/index.ts';
import { hostCopies } from '../hosts/copies.ts';
import { detectedHosts } from '../hosts/detect.ts';
import { forOneLook } from '../hosts/disk.ts';
import { filesOfHosts } from '../hosts/files.ts';
import type { HostFileView, HostView } from '../hosts/host.schema.ts';
import type { Host, HostFile } from '../hosts/host.ts';
import { knownProjects } from '../hosts/projects.ts';
import { type ListPrograms, runningHosts } from '../hosts/running.ts';
import { ValueSources } from '../hosts/value-sources.ts';
import type { Machine } from '../machine.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import { AT_ONCE } from '../rotation/survey.ts';

interface Parts {
  readonly machine: Machine;
  /** All that Rekey knows when left out. */
  readonly hosts?: readonly Host[] | undefined;
  readonly listPrograms?: ListPrograms | undefined;
  readonly projectFolders: () => Promise<readonly string[]>;
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
}

/** Keys that Rekey holds, each under its credential's name. */
interface KnownNeedles {
  readonly current: readonly Needle[];
  readonly earlier: readonly Needle[];
}

/** What was found of one file. */
interface FileReport {
  readonly file: HostFile;
  readonly view: HostFileView;
  readonly found: Findings | null;
  readonly outside: HostView['outside'];
}

/** Every host: its files, and where in them the keys that Rekey holds stand. Changes nothing. */
export async function reportHosts(parts: Parts): Promise<HostView[]> {
  const { credentials, hosts = catalogue } = parts;
  const needles = await keysOf(credentials, (id) => credentials.secretOf(id));
  // The keys that these have replaced are dead, but whatever still holds one is worth knowing of.
  const known: KnownNeedles = {
    current: needles,
    earlier: await keysOf(credentials, (id) => credentials.previousOf(id)),
  };
  const envNames = parts.providers.all().flatMap((provider) => provider.envNames);
  const disk = forOneLook(parts.machine);
  const { folders } = await knownProjects(hosts, parts.machine, await parts.projectFolders(), disk);
  await disk.remember(folders);
  const files = await filesOfHosts(hosts, parts.machine, folders, disk);
  const running = await runningHosts(hosts, parts.listPrograms);
  const detected = await detectedHosts(hosts, parts.machine, disk);
  const sources = new ValueSources(parts.machine, needles);
  const reports: FileReport[] = [];
  for (const file of files) {
    // Nobody wants to read of a hundred files that each project doesn't have.
    if (file.inProject && (await disk.realPath(file.path)) === null) continue;
    reports.push(await reportFile(file, known, envNames));
  }
  return Promise.all(
    hosts.map(async (host) => {
      const own = reports.filter(({ file }) => file.hostId === host.id);
      return hostView(host, own, sources, {
        detected: detected.has(host.id),
        running: running?.get(host.id) ?? null,
        copies: await copiesWithKeys(host, parts.machine, known),
      });
    }),
  );
}

/** What the keychain gives of each credential now, under its name; a locked keychain gives nothing. */
async function keysOf(credentials: CredentialStore, read: (id: string) => Promise<Secret | null>): Promise<Needle[]> {
  const needles: Needle[] = [];
  for (const { id, name } of await credentials.list()) {
    const value = await read(id).catch(() => null);
    if (value) needles.push({ role: name, value });
  }
  return needles;
}

async function reportFile(file: HostFile, known: KnownNeedles, envNames: readonly string[]): Promise<FileReport> {
  const view = { path: file.path, scope: file.scope };
  let snapshot: Snapshot | null = null;
  try {
    snapshot = await readSnapshot(file.path);
    const found = findSites(
      snapshot.bytes,
      file.format,
      { needles: known.current, tables: file.tables, envNames, companions: [] },
      file.path,
    );
    return {
      file,
      view: { ...view, exists: true, parses: true, writable: await isWritable(snapshot), problem: null },
      found,
      outside: outsideKeys(snapshot.bytes, file, known),
    };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'file-missing') {
      return {
        file,
        view: { ...view, exists: false, parses: null, writable: null, problem: null },
        found: null,
        outside: [],
      };
    }
    const writable = snapshot ? await isWritable(snapshot) : null;
    return {
      file,
      view: { ...view, exists: true, parses: false, writable, problem: errorView(error) },
      found: null,
      outside: [],
    };
  }
}

/** Those of a line are told once. */
function outsideKeys(bytes: Buffer, file: HostFile, { current, earlier }: KnownNeedles): HostView['outside'] {
  const known = [
    ...current.map(({ role, value }) => ({ credential: role, isEarlier: false, value })),
    ...earlier.map(({ role, value }) => ({ credential: role, isEarlier: true, value })),
  ];
  const needles = known.map(({ value }, index) => ({ role: String(index), value }));
  const lines = new Lines(bytes);
  const told = placesOutside(bytes, file, needles).flatMap(({ role, where, start }) => {
    const key = known[Number(role)];
    const { path } = file;
    return key
      ? [{ credential: key.credential, isEarlier: key.isEarlier, file: path, where, line: lines.at(start) }]
      : [];
  });
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}

async function isWritable({ target }: Snapshot): Promise<boolean> {
  return access(target, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function copiesWithKeys(
  host: Host,
  machine: Machine,
  { current, earlier }: KnownNeedles,
): Promise<HostView['copies']> {
  const look = async (path: string): Promise<HostView['copies']> => {
    const bytes = await readSnapshot(path, { anyBytes: true }).then(
      (snapshot) => snapshot.bytes,
      () => Buffer.alloc(0),
    );
    const holders = (needles: readonly Needle[]): string[] =>
      needles.filter(({ value }) => holdsKey(bytes, value)).map(({ role }) => role);
    const old = new Set(holders(earlier));
    return [...new Set([...old, ...holders(current)])].map((credential) => {
      return { path, credential, holdsEarlier: old.has(credential) };
    });
  };
  return (await pMap(await hostCopies(host, machine), look, AT_ONCE)).flat();
}

async function hostView(
  host: Host,
  reports: readonly FileReport[],
  sources: ValueSources,
  state: Pick<HostView, 'detected' | 'running' | 'copies'>,
): Promise<HostView> {
  const found = reports.flatMap((report) => (report.found ? [{ file: report.file.path, ...report.found }] : []));
  const outside = reports.flatMap((report) => report.outside);
  const keys = outside.length + state.copies.length + found.flatMap(({ sites }) => sites).length;
  return {
    id: host.id,
    name: host.name,
    patchable: host.patchable,
    byHand: host.patchable === 'yes' ? null : host.byHand,
    reload: host.reload,
    rewritesFile: host.rewritesFile,
    ...state,
    hasSomething: state.detected || keys > 0,
    files: reports.map(({ view }) => view),
    outside,
    servers: found.flatMap(({ file, servers }) => servers.map((name) => ({ name, file }))),
    sites: found.flatMap(({ file, sites }) =>
      sites.map(({ role, server, place, path, line }) => ({
        credential: role,
        file,
        server,
        place,
        path: [...path],
        line,
      })),
    ),
    references: await Promise.all(
      found.flatMap(({ file, references }) =>
        references.map(async (reference) => ({
          ...reference,
          path: [...reference.path],
          file,
          source: await sources.of(reference.source, file),
        })),
      ),
    ),
  };
}
