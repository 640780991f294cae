import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Canary, searchFor } from './search.ts';

const KEY = `sk-live-${randomBytes(20).toString('hex')}`;
const ODD = 'a/b+c%d"e\\f<g>&h=i~j{k}l'; // every character that some encoding escapes
const UUID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const canaries: readonly Canary[] = [
  { name: 'the key', value: KEY, publicBeginning: 'sk-live-'.length },
  { name: 'the odd key', value: ODD },
  { name: 'the uuid', value: UUID },
];
const search = searchFor(canaries);

const everyCharacter = (text: string, write: (code: number) => string): string =>
  [...text].map((character) => write(character.charCodeAt(0))).join('');
const hexOf = (code: number, digits = 2): string => code.toString(16).padStart(digits, '0');

/** Each encoding as it would be written somewhere, and the name under which it is to be found. */
const ENCODINGS: readonly [name: string, found: string, write: (key: string) => string | Buffer][] = [
  ['as it is', 'plain', (key) => key],
  ['in JSON, every character escaped', 'JSON-escaped', (key) => everyCharacter(key, (code) => `\\u${hexOf(code, 4)}`)],
  ['in a string of JavaScript', 'JSON-escaped', (key) => everyCharacter(key, (code) => `\\x${hexOf(code)}`)],
  ['percent-encoded', 'percent-encoded', (key) => everyCharacter(key, (code) => `%${hexOf(code).toUpperCase()}`)],
  ['in entities of HTML', 'HTML entities', (key) => everyCharacter(key, (code) => `&#${code};`)],
  ['in hexadecimal entities', 'HTML entities', (key) => everyCharacter(key, (code) => `&#x${hexOf(code)};`)],
  ['in hex', 'hex', (key) => Buffer.from(key).toString('hex')],
  ['in hex, an odd digit before it', 'hex', (key) => `f${Buffer.from(key).toString('hex')}`],
  ['in capital hex', 'hex', (key) => Buffer.from(key).toString('hex').toUpperCase()],
  ['in a buffer as Node prints it', 'hex with gaps', (key) => inspect(Buffer.from(key))],
  ['in a buffer as JSON has it', 'decimal bytes', (key) => JSON.stringify(Buffer.from(key))],
  ['in base64', 'base64', (key) => Buffer.from(key).toString('base64')],
  ['in base64, one byte in', 'base64', (key) => Buffer.from(`x${key}`).toString('base64')],
  ['in base64, two bytes in', 'base64', (key) => Buffer.from(`xy${key}`).toString('base64')],
  ['in base64 for URLs', 'base64', (key) => Buffer.from(`\xff\xfe${key}`, 'latin1').toString('base64url')],
  ['in UTF-16', 'UTF-16', (key) => Buffer.from(key, 'utf16le')],
  ['in UTF-16, the other way round', 'UTF-16', (key) => Buffer.from(key, 'utf16le').swap16()],
  ['in gzip', 'gzip', (key) => Buffer.concat([randomBytes(50), gzipSync(key.repeat(3)), randomBytes(50)])],
  ['in zlib', 'zlib', (key) => Buffer.concat([Buffer.alloc(9), deflateSync(key.repeat(3))])],
  ['in gzip that broke off', 'gzip', (key) => gzipSync(`${key}${'x'.repeat(5_000)}`).subarray(0, -12)],
  [
    'in a body of deflate',
    'deflate',
    (key) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), deflateRawSync(key)]),
  ],
  ['in brotli', 'brotli', (key) => brotliCompressSync(`${key}${'x'.repeat(500)}`)],
  ['in base64 of gzip', 'base64, gzip', (key) => gzipSync(key).toString('base64')],
  [
    'in base64 of JSON',
    'base64, JSON-escaped',
    (key) => Buffer.from(everyCharacter(key, (code) => `\\u${hexOf(code, 4)}`)).toString('base64'),
  ],
];

const around = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }));

describe.each(ENCODINGS)('a secret %s', (_, found, write) => {
  it.each(canaries)('is found: $name', ({ name, value, publicBeginning = 0 }) => {
    const secret = value.slice(publicBeginning);
    for (const text of [secret, secret.slice(0, -3), secret.slice(3)]) {
      expect(search(Buffer.from(write(text)))).toContainEqual({
        canary: name,
        encoding: encodingOf(found),
        at: expect.any(Number),
      });
    }
  });

  it('is not found where it does not stand', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
        expect(search(Buffer.from(write(text)))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

function encodingOf(found: string): string {
  return found === 'plain' ? 'plain' : `${found}, plain`;
}

describe('a plain secret', () => {
  it('is found between any bytes, at its place, as often as it stands there', () => {
    fc.assert(
      fc.property(around, fc.constantFrom(...canaries), ([before, after], { name, value, publicBeginning = 0 }) => {
        const key = Buffer.from(value);
        const bytes = Buffer.concat([before, key, after, Buffer.from(' '), key]);
        const plain = search(bytes).filter(({ encoding }) => encoding === 'plain');
        const first = before.length + publicBeginning;
        expect(plain).toEqual([
          { canary: name, encoding: 'plain', at: first },
          { canary: name, encoding: 'plain', at: first + key.length + after.length + 1 },
        ]);
      }),
    );
  });

  it('is found by twelve characters in a row, and by no eleven', () => {
    const secret = KEY.slice('sk-live-'.length);
    for (let at = 0; at + 12 <= secret.length; at++) {
      expect(search(Buffer.from(`<${secret.slice(at, at + 12)}>`))).toHaveLength(1);
      expect(search(Buffer.from(`<${secret.slice(at, at + 11)}>`))).toEqual([]);
    }
  });

  it('is not what its public beginning is', () => {
    expect(search(Buffer.from('sk-live-•••• sk-live-sk-live-'))).toEqual([]);
  });

  it('does not hide one that is encoded beside it', () => {
    const bytes = Buffer.from(`${KEY} ${Buffer.from(KEY).toString('base64')}`);
    expect(search(bytes).map(({ encoding }) => encoding)).toEqual(['plain', 'base64, plain']);
  });
});

it('a secret too short to be told from chance is refused', () => {
  expect(() => searchFor([{ name: 'short', value: 'sk-live-12345', publicBeginning: 8 }])).toThrow(
    'short is too short',
  );
});
