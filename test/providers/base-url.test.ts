import { describe, expect, it } from 'vitest';
import { endpoint, parseBaseUrl } from '../../main/providers/base-url.ts';
import { ProviderError } from '../../main/providers/provider-error.ts';

describe('the address of a service', () => {
  it.each([
    ['https://api.bitscale.ai/api/v1', 'https://api.bitscale.ai/api/v1'],
    ['  https://api.bitscale.ai/api/v1//  ', 'https://api.bitscale.ai/api/v1'],
    ['https://prometheus.log10x.com', 'https://prometheus.log10x.com/'],
    ['https://EXAMPLE.com:8443/a?', 'https://example.com:8443/a'],
    ['https://example.com/a#', 'https://example.com/a'],
    ['http://127.0.0.1:4100/api', 'http://127.0.0.1:4100/api'],
    ['http://localhost:4100', 'http://localhost:4100/'],
    ['http://[::1]:4100', 'http://[::1]:4100/'],
    ['http://0x7f.1:80', 'http://127.0.0.1/'],
  ])('%s is taken as %s', (text, expected) => {
    expect(parseBaseUrl(text).href).toBe(expected);
  });

  it.each(['http://api.bitscale.ai', 'http://127.0.0.1.example', 'http://192.168.0.1', 'http://localhost.example'])(
    '%s is refused, since keys would be readable on the way',
    (text) => expect(codeOf(text)).toBe('base-url-insecure'),
  );

  it.each([
    '',
    'bitscale',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'https://user:password@example.com',
    'https://example.com/?key=1',
    'https://example.com/#key',
  ])('%j is refused', (text) => expect(codeOf(text)).toBe('base-url-invalid'));

  it('is not repeated in the error, since a key may have been pasted in its place', () => {
    const key = 'sk-live-marked-0123456789';
    for (const text of [key, `https://${key}@example.com`, `https://example.com/?${key}`, `http://${key}.example`]) {
      expect(() => parseBaseUrl(text)).toThrow(ProviderError);
      try {
        parseBaseUrl(text);
      } catch (error) {
        expect(JSON.stringify((error as ProviderError).view)).not.toContain(key);
      }
    }
  });

  it('keeps its path in front of each call', () => {
    expect(endpoint(new URL('https://example.com/api/v1/'), '/workspace').href).toBe(
      'https://example.com/api/v1/workspace',
    );
    expect(endpoint(new URL('https://example.com'), '/workspace').href).toBe('https://example.com/workspace');
    expect(endpoint(new URL('https://example.com/ai-agents/api'), '').href).toBe('https://example.com/ai-agents/api');
  });
});

function codeOf(text: string): string {
  try {
    parseBaseUrl(text);
  } catch (error) {
    if (error instanceof ProviderError) return error.code;
    throw error;
  }
  return 'taken';
}
