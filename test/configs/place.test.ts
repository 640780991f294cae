import { describe, expect, it } from 'vitest';
import { placeOf } from '../../main/configs/place.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import type { PlaceInEntry } from '../../main/hosts/host.schema.ts';

describe("a field of a server's entry", () => {
  it.each<[PlaceInEntry, string[]]>([
    ['env', ['env', 'environment', 'envs', 'env_vars', '@env']],
    ['argument', ['args', 'arguments', 'cmd', 'cmd_args', 'command', '@arguments']],
    ['header', ['headers', 'custom_headers', 'http_headers', 'httpHeaders']],
    ['url', ['url', 'baseUrl', 'base_url', 'httpUrl', 'remote_url', 'serverUrl', 'server_url', 'uri', '@url']],
  ])('is known as one of kind %s by its name', (place, names) => {
    expect(names.map((name) => placeOf(name))).toEqual(names.map(() => place));
  });

  it('tells nothing by any other name, nor by an index', () => {
    const others = [
      '',
      '@',
      'apiKey',
      'bearerToken',
      'transport',
      'Env',
      'URL',
      '@@url',
      'url@',
      'toString',
      '__proto__',
    ];
    expect([...others, 0, null].map((name) => placeOf(name))).toEqual([...others, 0, null].map(() => null));
  });
});

describe('the fields that the catalogue names', () => {
  /** What no name tells: tokens by themselves, what a host keeps as it likes, and Lisp, in which nothing is changed. */
  const plainFields = [
    '*',
    ':args',
    ':env',
    ':headers',
    ':url',
    'apiKey',
    'auth.*',
    'bearerToken',
    'bearer_token',
    'client_cert',
    'headersHelper',
    'key',
    'oauth.clientSecret',
    'oauth.client_secret',
    'oauthClient.clientSecret',
    'oauth_client_secret',
    'settings.*',
    'transport.*',
  ];

  it('are told by one of their names, or are known to be plain fields', () => {
    const fields = new Set(catalogue.flatMap(({ secretFields }) => secretFields));
    const untold = [...fields].filter((field) => !field.split('.').some((name) => placeOf(name.replace('[]', ''))));
    expect(untold.filter((field) => !plainFields.includes(field))).toEqual([]);
  });
});
