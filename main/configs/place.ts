import type { PlaceInEntry } from '../hosts/host.schema.ts';

const PLACES: Readonly<Record<string, PlaceInEntry>> = {
  env: 'env',
  environment: 'env',
  envs: 'env',
  args: 'argument',
  arguments: 'argument',
  command: 'argument',
  headers: 'header',
  http_headers: 'header',
  url: 'url',
  httpUrl: 'url',
  serverUrl: 'url',
  uri: 'url',
};

/** What a field of a server's entry holds, by its name; null for a field that doesn't tell. */
export function placeOf(field: string | number | null): PlaceInEntry | null {
  return typeof field === 'string' && Object.hasOwn(PLACES, field) ? (PLACES[field] ?? null) : null;
}
