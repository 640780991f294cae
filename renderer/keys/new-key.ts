import type { ProviderView } from '../../main/providers/provider.schema.ts';
import type { CallInput } from '../../preload/contract.ts';

/** What the person has typed so far. */
export interface NewKey {
  readonly provider: ProviderView | null;
  readonly name: string;
  readonly key: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly baseUrl: string;
}

export const EMPTY_KEY: NewKey = { provider: null, name: '', key: '', settings: {}, baseUrl: '' };

/** The fields that are still needed; settings by their name after `setting:`. */
export function missingFields(entered: NewKey): ReadonlySet<string> {
  const needed = entered.provider?.settings.filter(({ required }) => required) ?? [];
  const missing = [
    entered.provider === null && 'provider',
    entered.name.trim() === '' && 'name',
    entered.key.trim() === '' && 'key',
    ...needed.map(({ name }) => !entered.settings[name]?.trim() && `setting:${name}`),
  ];
  return new Set(missing.filter((field) => field !== false));
}

/** The call that adds it: what was left empty stays out. */
export function callOf(entered: NewKey, provider: ProviderView): CallInput<'addCredential'> {
  const settings = Object.entries(entered.settings)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => value !== '' && provider.settings.some((field) => field.name === name));
  return {
    name: entered.name.trim(),
    provider: provider.id,
    // A key that was copied from a page often brings a line break along.
    key: entered.key.trim(),
    ...(entered.baseUrl.trim() !== '' && { baseUrl: entered.baseUrl.trim() }),
    ...(settings.length > 0 && { settings: Object.fromEntries(settings) }),
  };
}
