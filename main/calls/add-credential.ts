import type { ParsedInput } from '../../preload/contract.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import { CredentialError } from '../credentials/credential-store.ts';
import { publicPrefix } from '../credentials/mask.ts';
import { Secret } from '../credentials/secret.ts';
import { parseBaseUrl } from '../providers/base-url.ts';
import type { Provider } from '../providers/provider.ts';
import { askService } from '../rotation/ask-service.ts';
import type { CallParts } from './parts.ts';

/**
 * Checks a key in its form and at its service, and keeps it.
 * @throws {CredentialError} and the provider's errors, with nothing stored.
 */
export async function addCredential(parts: CallParts, input: ParsedInput<'addCredential'>): Promise<Credential> {
  const provider = parts.providers.get(input.provider);
  const baseUrl = parseBaseUrl(input.baseUrl ?? provider.baseUrls[0]).href;
  const secret = new Secret(input.key);
  if (!provider.keyPattern.test(input.key)) {
    throw new CredentialError(
      'credential-key-form',
      `That does not look like a ${provider.name} key (${provider.keyHint}). Nothing was stored.`,
      'Copy the whole key once more, without spaces around it, and check the provider.',
    );
  }
  const settings = settingsOf(provider, input.settings ?? {});
  await parts.credentials.checkNew({ name: input.name, secret });
  const kind = provider.kindOf(secret);
  const reading = await askService(
    parts.send,
    provider,
    { baseUrl: new URL(baseUrl), kind, settings, agentId: null },
    secret,
    parts.verifyTimeoutMs,
  );
  if (reading.state === 'refused' && !input.evenIfRefused) {
    throw new CredentialError(
      'credential-key-refused',
      `${provider.name} does not accept this key (${reading.reason}). Nothing was stored.`,
      `Get a working key at ${provider.keysPage}, or keep this one all the same by saying so.`,
    );
  }
  return parts.credentials.add({
    name: input.name,
    provider: provider.id,
    baseUrl,
    kind,
    settings: { ...(reading.state === 'accepted' ? reading.settings : {}), ...settings },
    secret,
    prefix: publicPrefix(secret, provider.keyPrefixes),
    verification: {
      state: reading.state,
      at: parts.now().toISOString(),
      account: reading.state === 'accepted' ? reading.account : null,
    },
  });
}

/** Only settings that the provider knows, trimmed; empty ones are left out. */
function settingsOf(provider: Provider, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = new Set(provider.settings.map(({ name }) => name));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const names = [...known].join(', ');
    throw new CredentialError(
      'credential-setting-unknown',
      `${provider.name} has no setting “${unknown}”. Nothing was stored.`,
      names ? `It has: ${names}.` : 'It has none: leave it out.',
    );
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
}
