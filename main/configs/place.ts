import type { PlaceInEntry } from '../hosts/host.schema.ts';

/** Names of the fields of an entry, over all hosts. */
const PLACES: Readonly<Record<string, PlaceInEntry>> = {
  env: 'env',
  environment: 'env',
  envs: 'env',
  env_vars: 'env',
  args: 'argument',
  arguments: 'argument',
  cmd: 'argument',
  cmd_args: 'argument',
  command: 'argument',
  headers: 'header',
  custom_headers: 'header',
  http_headers: 'header',
  httpHeaders: 'header',
  url: 'url',
  baseUrl: 'url',
  base_url: 'url',
  httpUrl: 'url',
  remote_url: 'url',
  serverUrl: 'url',
  server_url: 'url',
  uri: 'url',
};

/**
 * What a field of a server's entry holds, by its name; null for a field that doesn't tell. An attribute in XML, which is
 * a member named `@name`, is read as an element of that name.
 *
 * @param isObject the field holds an object: of variables or headers it is one, while a command or an address that is
 *   an object has members of its own names (Zed's `"command": {"path": ..., "args": [...], "env": {...}}`).
 */
export function placeOf(field: string | number | null, isObject = false): PlaceInEntry | null {
  if (typeof field !== 'string') return null;
  const name = field.replace(/^@/, '');
  const place = Object.hasOwn(PLACES, name) ? (PLACES[name] ?? null) : null;
  return isObject && (place === 'argument' || place === 'url') ? null : place;
}
