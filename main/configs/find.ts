import { Secret } from '../credentials/secret.ts';
import type { Form } from '../hosts/host.schema.ts';
import { readDocument } from './document.ts';
import { type Literal, pathOf, type Reading } from './formats/format.ts';
import type { FormatName } from './formats/format-name.ts';
import { formats } from './formats/formats.ts';
import { Lines } from './lines.ts';
import { occurrences } from './occurrences.ts';
import { type OutsideHit, outsideHits } from './outside.ts';
import { isReference, names, referencesIn, sourceOf, withoutSecrets } from './references.ts';
import type { Findings, Needle, Search, Site, SiteLiteral } from './site.ts';
import { layersOf, type Spot, textAt } from './spot.ts';
import { type Variable, variableIn } from './variables.ts';

/** A literal with what was found in it. */
interface Read {
  readonly literal: Literal;
  readonly within: SiteLiteral;
  readonly text: string;
  readonly sites: Found<Site>[];
}

/** A finding whose line isn't counted yet. */
type Found<T extends { readonly line: number }> = Omit<T, 'line'> & { readonly start: number };

/**
 * Finds where secrets stand in a document and may be changed, and whatever else a person should know of them.
 *
 * A secret is a site only inside a server table (or a provider's own file), as a token of its own, in a value. In
 * comments, names and anywhere else in the file it is reported as `outside`.
 *
 * @param name what an error calls the file: its path.
 * @throws {ConfigError} `file-not-parsable`. A blank file is no error: nothing is found in it.
 */
export function findSites(bytes: Buffer, format: FormatName, search: Search, name = 'The file'): Findings {
  const reading = readDocument(bytes, format, search.tables, name);
  const read = readLiterals(bytes, format, reading, search.needles);
  const sites = [...read.flatMap((one) => one.sites), ...companionSites(bytes, format, read, search)].sort(
    (one, other) => one.start - other.start,
  );
  const variables = variablesIn(read, search);
  const outside = outsideHits(bytes, search.needles, sites, reading.comments);
  return {
    ...withLines(bytes, { sites, outside, references: variables.references, otherKeys: variables.otherKeys }),
    servers: serversOf(reading),
  };
}

/**
 * Where secrets stand in a document outside of the sites, each place of its own.
 * @throws {ConfigError} `file-not-parsable`.
 */
export function findOutside(
  bytes: Buffer,
  format: FormatName,
  { needles, tables }: Pick<Search, 'needles' | 'tables'>,
  name: string,
): OutsideHit[] {
  const reading = readDocument(bytes, format, tables, name);
  const sites = readLiterals(bytes, format, reading, needles).flatMap((one) => one.sites);
  return outsideHits(bytes, needles, sites, reading.comments);
}

function serversOf(reading: Reading): string[] {
  return [...new Set(reading.entries.flatMap(({ server }) => server ?? []))];
}

function longestFirst(needles: readonly Needle[]): readonly { role: string; bytes: Buffer }[] {
  return needles
    .map(({ role, value }) => ({ role, bytes: Buffer.from(value.reveal()) }))
    .sort((one, other) => other.bytes.length - one.bytes.length);
}

function readLiterals(bytes: Buffer, format: FormatName, { literals }: Reading, needles: readonly Needle[]): Read[] {
  const wanted = longestFirst(needles);
  const read: Read[] = [];
  for (const literal of literals) read.push(readLiteral(bytes, format, literal, wanted, read.at(-1)));
  return read;
}

function readLiteral(
  bytes: Buffer,
  format: FormatName,
  literal: Literal,
  needles: ReturnType<typeof longestFirst>,
  before: Read | undefined,
): Read {
  const { start, end, style } = literal;
  const within = { start, end, style, isCommandLine: isCommandLine(literal, before) };
  const sites: Found<Site>[] = [];
  let text = '';
  for (const layer of layersOf(formats[format], bytes, within)) {
    // The literal's own layer comes last.
    if (layer.parent?.parent === null) text = layer.bytes.toString();
    for (const needle of needles) {
      for (const at of occurrences(layer, needle.bytes)) {
        const spot = { layer, start: at, end: at + needle.bytes.length };
        const site = siteOf(literal, within, spot, needle.role);
        // Found already in a layer further inside, or as a part of a longer secret.
        if (!sites.some((other) => other.start < site.end && site.start < other.end)) sites.push(site);
      }
    }
  }
  return { literal, within, text, sites };
}

/** Before a whole command line in one argument: `sh -c "..."`, `cmd /c "..."`. */
const TAKES_COMMAND_LINE = /^(?:-l?c|\/[cC]|-[Cc]ommand)$/;

/**
 * Whether a shell, or the host, takes the text of a literal apart into words.
 * @param before the literal before it in the file.
 */
export function isCommandLine(
  { container, key, place }: Literal,
  before: { readonly literal: Literal; readonly text: string } | undefined,
): boolean {
  if (place !== 'argument') return false;
  if (typeof key === 'string') return true;
  return before?.literal.container === container && TAKES_COMMAND_LINE.test(before.text);
}

function siteOf(literal: Literal, within: SiteLiteral, spot: Spot, role: string): Found<Site> {
  return {
    role,
    server: literal.entry.server,
    place: literal.place,
    form: formOf(spot),
    path: pathOf(literal),
    table: literal.entry.table,
    ...spot.layer.inFile(spot),
    within,
    inner: { start: spot.start, end: spot.end },
    fingerprint: new Secret(textAt(spot)).fingerprint,
  };
}

/** By the reader that decodes the place last: in a URL, a key is percent-encoded even where its characters need none. */
function formOf(spot: Spot): Form {
  const { encoding } = spot.layer;
  if (encoding === 'percent') return 'percent-encoded';
  if (encoding === 'json') return 'json-escaped';
  if (encoding === 'base64') return 'base64';
  const { start, end } = spot.layer.inFile(spot);
  return end - start === spot.end - spot.start ? 'plain' : 'escaped';
}

/** The literals that hold a companion secret, in the objects in which a key stands. */
function companionSites(bytes: Buffer, format: FormatName, read: readonly Read[], search: Search): Found<Site>[] {
  const withKey = new Set(
    read.filter(({ sites }) => sites.some(({ role }) => role === 'key')).map(({ literal }) => literal.container),
  );
  return read.flatMap(({ literal, within, text, sites }) => {
    if (sites.length > 0 || !withKey.has(literal.container)) return [];
    return search.companions.flatMap(({ role, envName }) => {
      const variable = variableIn(literal, text, [envName]);
      if (variable === null || variable.value === '' || isReference(variable.value)) return [];
      const layer = formats[format].layer(bytes, literal);
      const end = layer.bytes.length;
      return [siteOf(literal, within, { layer, start: end - Buffer.byteLength(variable.value), end }, role)];
    });
  });
}

/** What the provider's variables hold other than a key that was searched for. */
function variablesIn(read: readonly Read[], search: Search) {
  const references: Found<Findings['references'][number]>[] = [];
  const otherKeys: Found<Findings['otherKeys'][number]>[] = [];
  for (const { literal, text, sites } of read) {
    const { start } = literal;
    const server = literal.entry.server;
    const variable = variableIn(literal, text, search.envNames);
    for (const { name, expression } of referencesOf(literal, variable, text, search.envNames)) {
      const source = sourceOf(expression);
      references.push({ server, path: pathOf(literal), name, expression: withoutSecrets(expression), source, start });
    }
    const holdsLiteral =
      variable !== null && variable.value !== '' && !variable.isPassedOn && !isReference(variable.value);
    if (holdsLiteral && sites.length === 0) otherKeys.push({ server, name: variable.name, start });
  }
  return { references, otherKeys };
}

/** Fields whose value is the name of a variable, not a value: `bearer_token_env_var`, `env_http_headers`, `env_keys`. */
const NAMES_VARIABLE = /env/i;

/** References under one of the names, or to one of them from anywhere in an entry (`"X-API-KEY": "${ACME_API_KEY}"`). */
function referencesOf(literal: Literal, variable: Variable | null, text: string, envNames: readonly string[]) {
  if (variable?.isPassedOn) return [{ name: variable.name, expression: variable.name }];
  if (variable && isReference(variable.value)) return [{ name: variable.name, expression: variable.value.trim() }];
  const { key, container } = literal;
  if (envNames.includes(text) && [key, container.key].some((name) => NAMES_VARIABLE.test(String(name)))) {
    return [{ name: text, expression: text }];
  }
  return envNames.flatMap((name) =>
    referencesIn(text)
      .filter((reference) => names(reference, name))
      .map((expression) => ({ name, expression })),
  );
}

type Unlined = {
  readonly [K in 'sites' | 'outside' | 'references' | 'otherKeys']: readonly Found<Findings[K][number]>[];
};

/** Counts the lines of all findings in one go, from the first to the last. */
function withLines(bytes: Buffer, found: Unlined): Omit<Findings, 'servers'> {
  const lines = new Lines(bytes);
  const offsets = Object.values(found).flatMap((list) => list.map(({ start }) => start));
  const lineOf = new Map(offsets.sort((one, other) => one - other).map((offset) => [offset, lines.at(offset)]));
  const line = (start: number): number => lineOf.get(start) ?? 1;
  const outside = new Map(
    found.outside.map(({ where, start }) => [`${where} ${line(start)}`, { where, line: line(start) }]),
  );
  return {
    sites: found.sites.map((site) => ({ ...site, line: line(site.start) })),
    outside: [...outside.values()],
    references: found.references.map(({ start, ...rest }) => ({ ...rest, line: line(start) })),
    otherKeys: found.otherKeys.map(({ start, ...rest }) => ({ ...rest, line: line(start) })),
  };
}
