import { ProviderError } from './provider-error.ts';
import { mayCarryKeys } from './secure-origin.ts';

/**
 * A service's address as a person typed it, without slashes at its end.
 *
 * @throws {ProviderError} `base-url-invalid`, `base-url-insecure`. The text itself stands in no message: someone may
 * have pasted a key into the wrong field.
 */
export function parseBaseUrl(text: string): URL {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) throw invalid('is not a web address');
  if (url.username || url.password) throw invalid('holds a user name or a password');
  if (url.search || url.hash) throw invalid('holds a query or a fragment (? or #)');
  if (!mayCarryKeys(url)) {
    throw new ProviderError(
      'base-url-insecure',
      'The address begins with http://, so that everyone on the way could read the key. Nothing was sent or stored.',
      'Use the https:// address of the service. Only a service on this machine itself may be reached without it.',
    );
  }
  // A bare "?" or "#" leaves no query and no fragment, but its character.
  url.search = '';
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** An address below a base URL; `path` begins with a slash and is percent-encoded already. */
export function endpoint(baseUrl: URL, path: string): URL {
  return new URL(baseUrl.origin + baseUrl.pathname.replace(/\/+$/, '') + path);
}

function invalid(why: string): ProviderError {
  return new ProviderError(
    'base-url-invalid',
    `The address of the service ${why}. Nothing was sent or stored.`,
    'Give it like this: https://api.example.com/v1',
  );
}
