/** Words that say "this is a secret" in the name of a field, variable, header or option. */
const SECRET_WORDS = new Set([
  'apikey',
  'auth',
  'authorization',
  'bearer',
  'basic',
  'cookie',
  'credential',
  'credentials',
  'jwt',
  'key',
  'pass',
  'passphrase',
  'passwd',
  'password',
  'pat',
  'pwd',
  'secret',
  'token',
]);

/** Words at the end of a name that say "this is about a secret": `KEY_FILE`, `tokenUrl`, `SECRET_NAME`. */
const ABOUT = new Set([
  'alias',
  'algorithm',
  'count',
  'dir',
  'endpoint',
  'env',
  'expires',
  'file',
  'header',
  'hint',
  'host',
  'id',
  'ids',
  'length',
  'limit',
  'limits',
  'name',
  'path',
  'prefix',
  'public',
  'region',
  'type',
  'uri',
  'url',
  'user',
  'username',
  'var',
  'version',
]);

/** Words in names of what looks random and is no secret. */
const HARMLESS = new Set([
  'checksum',
  'client',
  'commit',
  'digest',
  'etag',
  'fingerprint',
  'hash',
  'id',
  'ids',
  'integrity',
  'model',
  'nonce',
  'path',
  'public',
  'revision',
  'sha',
  'session',
  'trace',
  'url',
  'uuid',
  'version',
]);

/** Whether a name says that a secret stands under it: `ACME_API_KEY`, `--auth-token`, `X-Api-Key`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => SECRET_WORDS.has(word)) && !ABOUT.has(words.at(-1) ?? '');
}

/** Whether a name says that what stands under it is no secret, however random it looks. */
export function isHarmlessName(name: string): boolean {
  return wordsOf(name).some((word) => HARMLESS.has(word.replace(/\d+$/, '')));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

const SCHEME = '(?:(?:Bearer|Token|Basic|ApiKey) +)?';
/** `NAME=`, `Name: Bearer `, `"name": "` right before a value. */
const NAMED = new RegExp(`([A-Za-z_][\\w.-]{0,100})\\\\?["']? {0,3}[=:] {0,3}\\\\?["']?${SCHEME}\\\\?["']?$`, 'i');
/** `--flag ` right before a word. */
const FLAG = /(?:^|[\s"'])(--?[A-Za-z][\w-]{0,60}) +["']?$/;
/** The beginning of a reference, before its default. */
const DEFAULT_OF = /\$\{[A-Za-z_]\w{0,200}:?-$/;
const NOTHING = /^["'\s]*$/;
const SCHEME_ONLY = /(?:^|\s)(?:Bearer|Token|Basic|ApiKey) +["']?$/i;

/**
 * Under which name a value stands, by the text right before it.
 * @returns null in running text; undefined where nothing stands before it, and whatever is around the text tells.
 */
export function labelBefore(before: string): string | null | undefined {
  const text = before.replace(DEFAULT_OF, '');
  const named = NAMED.exec(text)?.[1] ?? FLAG.exec(text)?.[1];
  if (named !== undefined) return named;
  if (NOTHING.test(text)) return undefined;
  return SCHEME_ONLY.test(text) ? 'Authorization' : null;
}

/** The same in a URL, from behind its scheme on: the name in its query, or `password` between user and host. */
export function labelInUrl(before: string, after: string): string | null {
  const query = /[?&#;]([^=&#;?]{1,100})=$/.exec(before)?.[1];
  if (query !== undefined) return query;
  return /^[^/?#@]*:$/.test(before) && after.startsWith('@') ? 'password' : null;
}
