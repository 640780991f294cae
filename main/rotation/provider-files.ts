import { readSnapshot } from '../configs/snapshot.ts';
import { Secret } from '../credentials/secret.ts';
import type { Machine } from '../machine.ts';
import type { Provider, Slot } from '../providers/provider.ts';
import type { ConfigFile, Places } from './places.ts';

/** Own files of a service's client are small; anything larger isn't one. */
const MAX_BYTES = 1_000_000;

/** The provider's own credentials files as config files: every field of them belongs to the provider. */
export function providerFiles(machine: Machine, provider: Provider): ConfigFile[] {
  return provider.credentialsFiles(machine).map(({ path }) => ({
    owner: { kind: 'provider', id: provider.id, name: provider.name },
    alsoReadBy: [],
    references: [],
    scope: 'credentials',
    path,
    format: 'json',
    tables: 'everything',
    secretFields: ['*'],
    withLock: (work) => work(),
  }));
}

/** Every file in which a key of this provider may stand: the hosts' and its own. */
export async function filesFor(
  { places, machine }: { places: Places; machine: Machine },
  provider: Provider,
): Promise<ConfigFile[]> {
  const { files } = await places.files();
  return [...files, ...providerFiles(machine, provider)];
}

/** What stands in the key fields of the provider's files; files that are missing or can't be read have none. */
export async function readSlots(
  machine: Machine,
  provider: Provider,
): Promise<{ path: string; slot: Slot; key: Secret; owner: string | null }[]> {
  const found = [];
  for (const { path, slots } of provider.credentialsFiles(machine)) {
    const document = await readDocument(path);
    for (const slot of slots) {
      const value = at(document, slot.path);
      if (typeof value !== 'string' || value === '') continue;
      const owner = slot.ownerPath === null ? null : at(document, slot.ownerPath);
      found.push({
        path,
        slot,
        key: new Secret(value),
        owner: owner === null || owner === undefined ? null : String(owner),
      });
    }
  }
  return found;
}

async function readDocument(path: string): Promise<unknown> {
  try {
    const { bytes } = await readSnapshot(path, { maxBytes: MAX_BYTES });
    return JSON.parse(bytes.toString());
  } catch {
    // The survey reports what is wrong with the file; here it just has no keys.
    return null;
  }
}

function at(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined,
    document,
  );
}
