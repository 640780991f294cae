import pMap from 'p-map';
import { findSites } from '../configs/find.ts';
import { mayHold } from '../configs/may-hold.ts';
import { linkOutside, obstacleTo } from '../configs/obstacle.ts';
import { holdsKey } from '../configs/outside.ts';
import { previewLine } from '../configs/preview.ts';
import type { Findings, Needle, Search, Site } from '../configs/site.ts';
import { ConfigError, readSnapshot, type Snapshot } from '../configs/snapshot.ts';
import { errorView } from '../errors.ts';
import type { ConfigFile, Places } from './places.ts';
import type { Finding, PlannedSite } from './plan.schema.ts';

/** What to look for everywhere: one credential's secrets and the names that they go by. */
export interface Wanted {
  readonly needles: readonly Needle[];
  readonly envNames: readonly string[];
  readonly companions: Search['companions'];
  /** What stands for the old key and for the new one in a preview. */
  readonly masks: { readonly before: string; readonly after: string };
}

export interface Surveyed {
  readonly sites: readonly PlannedSite[];
  readonly findings: readonly Finding[];
}

/** A `~/.claude.json` can have 50 MB, and so its copies: more at once would cost memory. */
export const AT_ONCE = { concurrency: 4 };

type Sources = ReturnType<Places['valueSources']>;

/** What is done with each file in which sites are that can be changed, as it was read. It handles its own errors. */
export type OnHolding = (file: ConfigFile, snapshot: Snapshot) => Promise<void>;

interface SurveyOptions {
  /** Name of the one whose secrets are wanted. */
  readonly credential: string;
  readonly home: string;
  readonly onHolding?: OnHolding | undefined;
}

/** Looks into every file, changes none. A file that can't be read or parsed is a finding, not an error. */
export async function survey(
  places: Places,
  providerFiles: readonly ConfigFile[],
  wanted: Wanted,
  { credential, home, onHolding }: SurveyOptions,
): Promise<Surveyed> {
  const { files, blindSpots } = await places.files();
  const sources = places.valueSources(wanted.needles.map(({ value }) => ({ role: credential, value })));
  const look = (file: ConfigFile): Promise<Surveyed> => surveyFile(file, wanted, { sources, home, onHolding });
  const looks = await pMap([...files, ...providerFiles], look, AT_ONCE);
  const sites = looks.flatMap((found) => found.sites);
  const findings = looks.flatMap((found) => found.findings);
  // A file that is broken as a whole has been told already.
  const told = new Set(findings.flatMap((finding) => (finding.kind === 'problem' ? [finding.file] : [])));
  for (const { owner, file, problem } of blindSpots) {
    if (!told.has(file)) findings.push({ kind: 'problem', owner, file, problem: { ...problem } });
  }
  const copies = await pMap(
    await places.copies(),
    async (copy): Promise<Finding[]> =>
      (await copyHolds(copy, wanted)) ? [{ kind: 'copy', owner: copy.owner, file: copy.path }] : [],
    AT_ONCE,
  );
  return { sites, findings: [...findings, ...copies.flat()] };
}

/** One file's sites and findings. */
async function surveyFile(
  file: ConfigFile,
  wanted: Wanted,
  { sources, home, onHolding }: Pick<SurveyOptions, 'home' | 'onHolding'> & { readonly sources: Sources },
): Promise<Surveyed> {
  let snapshot: Snapshot;
  let found: Findings;
  try {
    snapshot = await readSnapshot(file.path);
    if (!mayHold(snapshot.bytes, wanted)) return { sites: [], findings: [] };
    found = search(file, snapshot, wanted);
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'file-missing') return { sites: [], findings: [] };
    return {
      sites: [],
      findings: [{ kind: 'problem', owner: file.owner, file: file.path, problem: errorView(error) }],
    };
  }
  const findings = await findingsOf(file, found, sources);
  const obstacle =
    found.sites.length > 0 ? ((await linkOutside(snapshot, home)) ?? (await obstacleTo(snapshot))) : null;
  if (obstacle) findings.push({ kind: 'problem', owner: file.owner, file: file.path, problem: obstacle.view });
  else if (found.sites.length > 0) await onHolding?.(file, snapshot);
  return { sites: found.sites.map((site) => planned(file, snapshot, found, site, wanted)), findings };
}

/** Finds the wanted secrets in a file as it was read. @throws {ConfigError} `file-not-parsable`. */
export function search(
  file: ConfigFile,
  snapshot: Pick<Snapshot, 'bytes'>,
  wanted: Pick<Wanted, 'needles' | 'envNames' | 'companions'>,
): Findings {
  return findSites(
    snapshot.bytes,
    file.format,
    {
      needles: wanted.needles,
      tables: file.tables,
      envNames: wanted.envNames,
      companions: wanted.companions,
    },
    file.path,
  );
}

/** A site as the person sees it, keys masked. */
export function planned(
  file: ConfigFile,
  snapshot: Pick<Snapshot, 'bytes'>,
  found: Findings,
  site: Site,
  wanted: Wanted,
): PlannedSite {
  const { before, after } = previewLine(
    snapshot.bytes,
    file.format,
    found.sites,
    site,
    wanted.masks,
    wanted.needles.map(({ value }) => value),
  );
  return {
    owner: file.owner,
    alsoReadBy: [...file.alsoReadBy],
    file: file.path,
    scope: file.scope,
    server: site.server,
    place: site.place,
    form: site.form,
    role: site.role,
    path: [...site.path],
    line: site.line,
    before,
    after,
  };
}

async function findingsOf(file: ConfigFile, found: Findings, sources: Sources): Promise<Finding[]> {
  const at = { owner: file.owner, file: file.path };
  const references = found.references.map(async ({ server, name, expression, line, source }): Promise<Finding> => {
    return { kind: 'reference', ...at, server, name, expression, line, source: await sources.of(source, file.path) };
  });
  return [
    ...(await Promise.all(references)),
    ...found.otherKeys.map(({ server, name, line }): Finding => ({ kind: 'other-key', ...at, server, name, line })),
    ...found.outside.map(
      ({ where, line }): Finding => ({
        kind: where === 'comment' ? 'in-comment' : 'outside-server-table',
        ...at,
        line,
      }),
    ),
  ];
}

/** Whether a copy that nobody parses any more still holds one of the secrets; unreadable copies count as not holding. */
async function copyHolds(copy: ConfigFile, wanted: Wanted): Promise<boolean> {
  try {
    const { bytes } = await readSnapshot(copy.path);
    return wanted.needles.some(({ value }) => holdsKey(bytes, value));
  } catch {
    return false;
  }
}
