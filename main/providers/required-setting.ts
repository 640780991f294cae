import type { Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';

interface Needed {
  readonly setting: string;
  /** Name of the service. */
  readonly service: string;
  /** What the person can do when it is missing or can't be an id: whole sentences. */
  readonly wayOut: string;
}

/**
 * The id by which a service knows a key, as a segment of a path.
 * @throws {ProviderError} `setting-required`, `setting-invalid`
 */
export function idSetting({ settings }: Subject, { setting, service, wayOut }: Needed): string {
  const id = settings[setting]?.trim() ?? '';
  if (id === '') {
    throw new ProviderError(
      'setting-required',
      `${service} knows a key by its id, and Rekey does not know that of this one. Nothing was sent or changed.`,
      wayOut,
    );
  }
  if (/^[\w-]{1,200}$/.test(id)) return id;
  throw new ProviderError(
    'setting-invalid',
    `What Rekey has as the id of this key can’t be one of ${service}’s. Nothing was sent or changed.`,
    wayOut,
  );
}
