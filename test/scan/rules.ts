import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { builtInProviders } from '../../main/providers/registry.ts';
import type { ConfigFile } from '../../main/rotation/places.ts';
import { keyForms } from '../../main/scan/key-forms.ts';
import type { KnownKey } from '../../main/scan/known-keys.ts';
import type { Rules } from '../../main/scan/rules.ts';
import { type StandingKey, scanDocument } from '../../main/scan/scan-document.ts';

/** The forms of all services, and these known keys, each under a name; those with a `†` are dead. */
export function rules(known: Readonly<Record<string, string>> = {}): Rules {
  const keys = Object.entries(known).map(([name, key]): KnownKey => {
    return { credential: name.replace('†', ''), isDead: name.includes('†'), value: new Secret(key), prefix: '' };
  });
  const byFingerprint = new Map(
    keys.map(({ credential, isDead, value }) => [value.fingerprint, { credential, isDead }]),
  );
  return { known: { keys, byFingerprint }, forms: keyForms(builtInProviders) };
}

export function configFile(of: Partial<ConfigFile>): ConfigFile {
  return {
    owner: { kind: 'host', id: 'a-host', name: 'A host' },
    alsoReadBy: [],
    references: [],
    scope: 'user',
    path: '/home/me/.a-host.json',
    format: 'jsonc',
    tables: [['mcpServers']],
    secretFields: ['env.*', 'args[]', 'url', 'headers.*'],
    withLock: (work) => work(),
    ...of,
  };
}

export function scan(
  text: string,
  format: FormatName = 'jsonc',
  known: Readonly<Record<string, string>> = {},
): StandingKey[] {
  return scanDocument(Buffer.from(text), configFile({ format }), rules(known));
}

/** The keys in one server's entry. */
export function scanEntry(entry: unknown, known: Readonly<Record<string, string>> = {}): StandingKey[] {
  return scan(JSON.stringify({ mcpServers: { acme: entry } }, null, 2), 'jsonc', known);
}
