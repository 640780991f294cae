import { valueAt } from './answer.ts';

/**
 * What a key may spend and until when it lives, out of its entry in the list: settings from which a new key like it can
 * be asked for. What it doesn't have is left out.
 */
export function limitsOf(entry: unknown): Readonly<Record<string, string>> {
  const [limit, reset, byok, ends] = ['limit', 'limit_reset', 'include_byok_in_limit', 'expires_at'].map((field) =>
    valueAt(entry, [field]),
  );
  return {
    ...(typeof limit === 'number' && { limit: String(limit) }),
    ...(typeof reset === 'string' && /^\w{1,20}$/.test(reset) && { limit_reset: reset }),
    ...(typeof byok === 'boolean' && { include_byok_in_limit: String(byok) }),
    ...(typeof ends === 'string' && !Number.isNaN(Date.parse(ends)) && { expires_at: new Date(ends).toISOString() }),
  };
}

/** The fields of the request for a key with these limits. Times are in UTC, which is all that the service takes. */
export function limitFields(settings: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const { limit, limit_reset, include_byok_in_limit, expires_at } = settings;
  return {
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(limit_reset !== undefined && { limit_reset }),
    ...(include_byok_in_limit !== undefined && { include_byok_in_limit: include_byok_in_limit === 'true' }),
    ...(expires_at !== undefined && { expires_at }),
  };
}
