import type { FormatName } from '../../main/configs/formats/format-name.ts';
import type { Reload } from '../../main/hosts/host.schema.ts';
import type { Host, HostFileSpec, Known, Place } from '../../main/hosts/host.ts';
import type { Platform } from '../../main/machine.ts';

const CHANGED: Readonly<Record<Host['patchable'], string>> = { yes: 'all', partly: 'some', no: 'by hand' };
const SEEN: Readonly<Record<Reload, string>> = {
  'by-itself': 'at once',
  'restart-server': 'server restarts',
  'restart-host': 'host restarts',
};
const KNOWN: Readonly<Record<Known, string>> = {
  run: 'runs of it',
  source: 'its source',
  documented: 'its makers',
  'third-party': 'other people',
  unverified: 'not proven',
};
const FORMATS: Readonly<Record<FormatName, string>> = {
  json: 'JSON',
  jsonc: 'JSON',
  json5: 'JSON5',
  toml: 'TOML',
  yaml: 'YAML',
  xml: 'XML',
  dotenv: '.env',
  text: 'text',
};
const APP_DATA: Readonly<Record<Platform, RegExp>> = {
  linux: /^~\/\.config\//,
  darwin: /^~\/Library\/Application Support\//,
  win32: /^%APPDATA%\//,
};

const LONGEST = 60;

/** The README's section on the hosts: how many there are, how to read the table, and the table. */
export function hostsSection(catalogue: readonly Host[]): string {
  const count = (patchable: Host['patchable']): number =>
    catalogue.filter((host) => host.patchable === patchable).length;
  const intro = [
    `Rekey knows ${catalogue.length} hosts. Of ${count('yes')} it changes every key that stands in a server's entry, of ${count('partly')} some, of the other ${count('no')}`,
    'none; the Hosts page says what is left to do by hand, and how. `<app data>` is `~/Library/Application Support` on macOS,',
    '`%APPDATA%` on Windows and `~/.config` on Linux. A host with \\* writes its file from memory and can put an old key back.',
  ];
  const head = ['host', 'where its keys stand', 'format', 'changed', 'sees a new key when', 'facts from'];
  return [...intro, '', ...table([head, ...catalogue.map(row)])].join('\n');
}

function row(host: Host): string[] {
  const changed = host.files.filter(({ tables }) => tables.length > 0);
  const files = changed.length > 0 ? changed : host.files;
  return [
    host.rewritesFile ? `${host.name} \\*` : host.name,
    files.length === 0 && host.patchable !== 'yes' ? host.byHand.why : placesOf(files),
    [...new Set(files.map(({ format }) => FORMATS[format]))].join(', '),
    CHANGED[host.patchable],
    SEEN[host.reload],
    KNOWN[host.known],
  ];
}

/** The first place of the person's, the first of a project's, and how many more there are. */
function placesOf(files: readonly HostFileSpec[]): string {
  const places = [...new Set(files.map(({ place }) => shortened(place)))];
  const isInProject = (place: string): boolean => /^<(project|above)>/.test(place);
  const main = [places.find((place) => !isInProject(place)), places.find(isInProject)].flatMap((place) => place ?? []);
  const more = places.length - main.length;
  return [...main.map((place) => `\`${withoutMiddle(place)}\``), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** A place as a person would say it: where no variable moves it, and once for all platforms where it can be. */
function shortened(place: Place): string {
  if (typeof place === 'string') return withDefaults(place);
  const platforms: readonly Platform[] = ['linux', 'darwin', 'win32'];
  const all = platforms.flatMap((platform) => {
    const one = place[platform];
    return one === undefined ? [] : [withDefaults(one).replace(APP_DATA[platform], '<app data>/')];
  });
  const [first = ''] = all;
  const [own = ''] = platforms.flatMap((platform) => place[platform] ?? []);
  return all.length > 1 && all.every((one) => one === first) ? first : withDefaults(own);
}

/** So that a row fits on a page: the folders of an extension of an editor are known to nobody by heart. */
function withoutMiddle(place: string): string {
  if (place.length <= LONGEST) return place;
  const names = place.split('/');
  return [...names.slice(0, 3), '…', ...names.slice(-1)].join('/');
}

function withDefaults(place: string): string {
  const simpler = place.replace(/\$\{\w+:-([^${}]*)\}/, '$1');
  return simpler === place ? place.replace(/\$\{(\w+)\}/g, '$$$1') : withDefaults(simpler);
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows.map(line);
  return [String(head), line(widths.map((width) => '-'.repeat(width))), ...body];
}
