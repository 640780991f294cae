import type { Secret } from '../../credentials/secret.ts';
import { endpoint } from '../base-url.ts';
import type { HttpRequest } from '../http.ts';
import type { SettingField } from '../provider.schema.ts';
import type { Subject } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import { fill, fillJson, settingOf } from './placeholders.ts';
import { hasSteps, type RequestDescription } from './request-description.ts';

/** The request as it is described, of this key. @param more values of further placeholders, by name. */
export function makeRequest(
  { method, path, headers = {}, body }: RequestDescription,
  { baseUrl, settings }: Subject,
  key: Secret,
  more: Readonly<Record<string, string>> = {},
): HttpRequest {
  // The schema has let through only placeholders that this request has.
  const valueFor = (name: string): string => own(settings, settingOf(name) ?? '') ?? more[name] ?? '';
  // No key stands in an address: the schema refuses {key} there, and nothing else is ever put in for it.
  const address = fill(path, (name) => encoded(valueFor(name)));
  if (hasSteps(address)) throw invalidSetting();
  const withKey = (name: string): string => (name === 'key' ? key.reveal() : valueFor(name));
  const filled = Object.entries(headers).map(([name, value]) => [name, fill(value, withKey)] as const);
  if (filled.some(([, value]) => !/^[\x20-\x7e]*$/.test(value))) throw invalidSetting();
  const hasType = filled.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    method,
    url: endpoint(baseUrl, address),
    headers: {
      ...(body !== undefined && !hasType && { 'Content-Type': 'application/json' }),
      ...Object.fromEntries(filled),
    },
    body: body === undefined ? null : JSON.stringify(fillJson(body, withKey)),
  };
}

/** @throws {ProviderError} `setting-required`: nothing was sent. */
export function requireSettings(
  name: string,
  declared: readonly Pick<SettingField, 'name' | 'label' | 'required'>[],
  settings: Subject['settings'],
): void {
  const missing = declared.find((one) => one.required && !own(settings, one.name)?.trim());
  if (!missing) return;
  throw new ProviderError(
    'setting-required',
    `${name} can’t be asked about a key without “${missing.label}”. Nothing was sent or stored.`,
    `Give it as the setting ${missing.name}.`,
  );
}

/** No name of a setting reaches a prototype. */
function own(settings: Subject['settings'], name: string): string | undefined {
  return Object.hasOwn(settings, name) ? settings[name] : undefined;
}

function encoded(value: string): string {
  // Half of a character can't be encoded.
  if (!value.isWellFormed()) throw invalidSetting();
  return encodeURIComponent(value);
}

function invalidSetting(): ProviderError {
  return new ProviderError(
    'setting-invalid',
    'A setting of this key can’t stand in a request to its service. Nothing was sent or stored.',
    'Give it as the service shows it, in letters, digits and ordinary signs.',
  );
}
