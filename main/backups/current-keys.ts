import { findSites } from '../configs/find.ts';
import { patch } from '../configs/patch.ts';
import type { Edit, Findings, Needle } from '../configs/site.ts';
import { ConfigError } from '../configs/snapshot.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import type { CredentialStore } from '../credentials/credential-store.ts';
import type { Secret } from '../credentials/secret.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { ConfigFile } from '../rotation/places.ts';
import type { Rotations } from '../rotation/rotations.ts';
import type { LeftKey, Restored } from './backup.schema.ts';
import { recognized, replacedKeys } from './dead-keys.ts';

export interface KeyParts {
  readonly credentials: CredentialStore;
  readonly providers: ProviderRegistry;
  readonly rotations: Pick<Rotations, 'list'>;
}

/** A document with what became of the keys in it. */
export interface Renewed extends Pick<Restored, 'keys' | 'putIn' | 'left'> {
  readonly bytes: Buffer;
}

/** One credential with the keys that it had and the one that it has. */
interface Known {
  readonly credential: Credential;
  readonly dead: readonly Secret[];
  /** Null when the keychain doesn't give it. */
  readonly current: Secret | null;
}

/** A document as it was. */
export function unchanged(bytes: Buffer, keys: Exclude<Restored['keys'], 'current'>): Renewed {
  return { bytes, keys, putIn: [], left: [] };
}

/**
 * Puts the current key of each credential where an earlier one stands, and tells what may still hold a dead one. A
 * document that can't be parsed is given back as it is.
 */
export async function withCurrentKeys(parts: KeyParts, file: ConfigFile, bytes: Buffer): Promise<Renewed> {
  try {
    const all = await knownKeys(parts, file, bytes);
    const renewed: Renewed = { bytes, keys: 'current', putIn: [], left: [] };
    const done = await all.reduce(
      async (before, known) => renew(parts, file, await before, known),
      Promise.resolve(renewed),
    );
    return { ...done, left: [...done.left, ...unknownKeys(parts, file, done.bytes, all)] };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'file-not-parsable') return unchanged(bytes, 'not-parsable');
    throw error;
  }
}

async function knownKeys({ credentials, rotations }: KeyParts, file: ConfigFile, bytes: Buffer): Promise<Known[]> {
  const replaced = replacedKeys(await rotations.list());
  const all: Known[] = [];
  for (const credential of await credentials.list()) {
    const { id, fingerprint } = credential;
    const previous = await credentials.previousOf(id).catch(() => null);
    const learned = recognized(bytes, file, replaced.get(id) ?? new Set());
    const dead = [...(previous ? [previous] : []), ...learned].filter((key) => key.fingerprint !== fingerprint);
    all.push({ credential, dead, current: await credentials.secretOf(id).catch(() => null) });
  }
  return all;
}

/** One credential's turn. */
async function renew(parts: KeyParts, file: ConfigFile, before: Renewed, known: Known): Promise<Renewed> {
  const { credential, dead, current } = known;
  const { name } = credential;
  // Null where its description has gone; the key itself is found all the same.
  const provider = parts.providers.find(credential.provider);
  const companions = (provider?.companions ?? []).map(({ name: role, envName }) => ({ role, envName }));
  const found = find(file, before.bytes, dead.map(asKey), { envNames: provider?.envNames ?? [], companions });
  const sites = found.sites.filter(({ role }) => role === 'key');
  const outside = found.outside.map(
    ({ where, line }): LeftKey => ({
      why: where === 'comment' ? 'in-comment' : where,
      credential: name,
      server: null,
      line,
    }),
  );
  const leave = (why: LeftKey['why']): Renewed => ({
    ...before,
    left: [...before.left, ...outside, ...sites.map(({ server, line }) => ({ why, credential: name, server, line }))],
  });
  if (!current) return leave('no-key');
  const edits = await editsFor(parts, credential, found, current);
  if (edits.length === 0) return { ...before, left: [...before.left, ...outside] };
  try {
    return {
      ...before,
      bytes: patch(before.bytes, file.format, edits, file.path),
      putIn: [...before.putIn, { credential: name, places: sites.length }],
      left: [...before.left, ...outside],
    };
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'patch-refused') return leave('not-writable');
    throw error;
  }
}

async function editsFor(
  { credentials }: KeyParts,
  { id }: Credential,
  { sites }: Findings,
  current: Secret,
): Promise<Edit[]> {
  const edits: Edit[] = [];
  for (const site of sites) {
    const value = site.role === 'key' ? current : await credentials.companionOf(id, site.role).catch(() => null);
    if (value) edits.push({ site, value });
  }
  return edits;
}

/** Variables of services with a key that none of the credentials has or had. */
function unknownKeys({ providers }: KeyParts, file: ConfigFile, bytes: Buffer, all: readonly Known[]): LeftKey[] {
  const needles = all.flatMap(({ dead, current }) => [...dead, ...(current ? [current] : [])].map(asKey));
  const envNames = providers.all().flatMap((provider) => provider.envNames);
  return find(file, bytes, needles, { envNames, companions: [] }).otherKeys.map(({ server, line }) => ({
    why: 'unknown-key',
    credential: null,
    server,
    line,
  }));
}

function find(
  { format, tables, path }: ConfigFile,
  bytes: Buffer,
  needles: readonly Needle[],
  what: Pick<Parameters<typeof findSites>[2], 'envNames' | 'companions'>,
): Findings {
  return findSites(bytes, format, { needles, tables, ...what }, path);
}

function asKey(value: Secret): Needle {
  return { role: 'key', value };
}
