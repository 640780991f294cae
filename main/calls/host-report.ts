import { access, constants } from 'node:fs/promises';
import { findSites } from '../configs/find.ts';
import type { Findings, Needle } from '../configs/site.ts';
import { ConfigError, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import { errorView } from '../errors.ts';
import { catalogue } from '../hosts/catalogue/index.ts';
import { hostCopies } from '../hosts/copies.ts';
import { isDetected } from '../hosts/detect.ts';
import { filesOfHosts } from '../hosts/files.ts';
import type { HostFileView, HostView } from '../hosts/host.schema.ts';
import type { Host, HostFile } from '../hosts/host.ts';
import { knownProjects } from '../hosts/projects.ts';
import { runningHosts } from '../hosts/running.ts';
import type { Machine } from '../machine.ts';
import type { ProviderRegistry } from '../providers/registry.ts';

interface Parts {
  readonly machine: Machine;
  readonly projectFolders: () => Promise<readonly string[]>;
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
}

/** What was found of one file. */
interface FileReport {
  readonly file: HostFile;
  readonly view: HostFileView;
  readonly found: Findings | null;
}

/** Every host of the catalogue: its files, and where in them the keys that Rekey holds stand. Changes nothing. */
export async function reportHosts(parts: Parts): Promise<HostView[]> {
  const { credentials } = parts;
  const needles = await keysOf(credentials, (id) => credentials.secretOf(id));
  // The keys that these have replaced are dead, but a copy that holds one is worth knowing of.
  const anyKeys = [...needles, ...(await keysOf(credentials, (id) => credentials.previousOf(id)))];
  const envNames = parts.providers.all().flatMap((provider) => provider.envNames);
  const { folders } = await knownProjects(catalogue, parts.machine, await parts.projectFolders());
  const files = await filesOfHosts(catalogue, parts.machine, folders);
  const running = await runningHosts(catalogue);
  const reports: FileReport[] = [];
  for (const file of files) reports.push(await reportFile(file, needles, envNames));
  return Promise.all(
    catalogue.map(async (host) => {
      const own = reports.filter(({ file }) => file.hostId === host.id);
      return hostView(host, own, {
        detected: await isDetected(host, parts.machine),
        running: running?.get(host.id) ?? null,
        copies: await copiesWithKeys(host, parts.machine, anyKeys),
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

async function reportFile(
  file: HostFile,
  needles: readonly Needle[],
  envNames: readonly string[],
): Promise<FileReport> {
  const view = { path: file.path, scope: file.scope };
  let snapshot: Snapshot | null = null;
  try {
    snapshot = await readSnapshot(file.path);
    const found = findSites(
      snapshot.bytes,
      file.format,
      { needles, tables: file.tables, envNames, companions: [] },
      file.path,
    );
    return {
      file,
      view: { ...view, exists: true, parses: true, writable: await isWritable(snapshot), problem: null },
      found,
    };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'file-missing') {
      return { file, view: { ...view, exists: false, parses: null, writable: null, problem: null }, found: null };
    }
    const writable = snapshot ? await isWritable(snapshot) : null;
    return { file, view: { ...view, exists: true, parses: false, writable, problem: errorView(error) }, found: null };
  }
}

async function isWritable({ target }: Snapshot): Promise<boolean> {
  return access(target, constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function copiesWithKeys(host: Host, machine: Machine, needles: readonly Needle[]): Promise<HostView['copies']> {
  const copies: HostView['copies'] = [];
  for (const path of await hostCopies(host, machine)) {
    const bytes = await readSnapshot(path).then(
      (snapshot) => snapshot.bytes,
      () => Buffer.alloc(0),
    );
    const held = needles.filter(({ value }) => bytes.includes(value.reveal()));
    for (const credential of new Set(held.map(({ role }) => role))) copies.push({ path, credential });
  }
  return copies;
}

function hostView(
  host: Host,
  reports: readonly FileReport[],
  state: Pick<HostView, 'detected' | 'running' | 'copies'>,
): HostView {
  const found = reports.flatMap((report) => (report.found ? [{ file: report.file.path, ...report.found }] : []));
  return {
    id: host.id,
    name: host.name,
    reload: host.reload,
    rewritesFile: host.rewritesFile,
    ...state,
    files: reports.map(({ view }) => view),
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
    references: found.flatMap(({ file, references }) =>
      references.map((reference) => ({ ...reference, path: [...reference.path], file })),
    ),
  };
}
