import { z } from 'zod';
import { KeychainError } from './keychain.ts';
import { Secret } from './secret.ts';

/** A key that the service has just made, with the secrets that came along. */
export interface NewKey {
  readonly key: Secret;
  readonly companions: Readonly<Record<string, Secret>>;
}

/** A new key that is kept until it has taken the place of the one that it replaces: null where Rekey knows of none. */
export interface PendingKey extends NewKey {
  readonly replaces: Secret | null;
}

const PendingSchema = z.object({
  key: z.string(),
  companions: z.record(z.string(), z.string()),
  /** Not there in what earlier versions have kept. */
  replaces: z.string().nullable().default(null),
});

/** One value for the keychain, so that the key and what belongs to it are kept together or not at all. */
export function packPending({ key, companions, replaces }: PendingKey): Secret {
  const pending: z.input<typeof PendingSchema> = {
    key: key.reveal(),
    companions: Object.fromEntries(Object.entries(companions).map(([name, secret]) => [name, secret.reveal()])),
    replaces: replaces?.reveal() ?? null,
  };
  return new Secret(JSON.stringify(pending));
}

/** @throws {KeychainError} `keychain-damaged`, without the parser's message, which would quote from the key. */
export function unpackPending(packed: Secret): PendingKey {
  const { key, companions, replaces } = parse(packed);
  return {
    key: new Secret(key),
    companions: Object.fromEntries(Object.entries(companions).map(([name, text]) => [name, new Secret(text)])),
    replaces: replaces === null ? null : new Secret(replaces),
  };
}

function parse(packed: Secret): z.infer<typeof PendingSchema> {
  try {
    return PendingSchema.parse(JSON.parse(packed.reveal()));
  } catch {
    throw new KeychainError(
      'keychain-damaged',
      'The keychain gives something else than the new key that Rekey put into it. It was left as it is.',
      'Look into the keychain’s own program whether the item of this rotation was edited.',
    );
  }
}
