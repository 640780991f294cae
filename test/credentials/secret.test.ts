import { Console } from 'node:console';
import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { mask } from '../../main/credentials/mask.ts';
import { Secret } from '../../main/credentials/secret.ts';

const TEXT = 'sk-live-0123456789abcdef';
const secret = new Secret(TEXT);

function printed(print: (console: Console) => void): string {
  let all = '';
  const stream = new Writable({
    write(chunk, _, done) {
      all += chunk;
      done();
    },
  });
  print(new Console(stream, stream));
  return all;
}

describe('a secret', () => {
  it.each<[string, () => string]>([
    ['String', () => String(secret)],
    ['a template', () => `${secret}`],
    ['a sum', () => [secret, ''].reduce<string>((sum, one) => sum + one, '')],
    ['join', () => [secret, secret].join()],
    ['JSON', () => JSON.stringify({ secret, nested: [{ secret }] })],
    ['inspect', () => inspect(secret)],
    ['inspect of what holds it', () => inspect({ a: [new Map([['k', secret]])] }, { depth: 9 })],
    ['inspect with all that is hidden', () => inspect({ secret }, { showHidden: true, getters: true, depth: 9 })],
    [
      'inspect without custom words',
      () => inspect({ secret }, { customInspect: false, showHidden: true, getters: true }),
    ],
    ['format', () => format('%s %o %O %j %d', secret, secret, secret, secret, secret)],
    ['the console', () => printed((console) => console.log(secret, { secret }, [secret]))],
    ['a table', () => printed((console) => console.table([{ secret }]))],
    ['dir', () => printed((console) => console.dir(secret, { showHidden: true }))],
    ['a clone', () => inspect(structuredClone({ secret }), { showHidden: true })],
    ['an error about it', () => inspect(new Error(`bad ${secret}`, { cause: secret }))],
    ['its keys', () => JSON.stringify([Object.keys(secret), Reflect.ownKeys(secret), Object.entries(secret)])],
    ['a copy of it', () => JSON.stringify({ ...secret })],
  ])('does not stand in %s', (_, show) => {
    const text = show();
    expect(text).not.toContain(TEXT);
    expect(text).not.toContain('0123456789');
  });

  it('is given to who asks for it in so many words', () => {
    expect(secret.reveal()).toBe(TEXT);
  });

  it('has the fingerprint that sha256sum gives, of its UTF-8 bytes', () => {
    expect(secret.fingerprint).toBe(createHash('sha256').update(TEXT).digest('hex').slice(0, 12));
    expect(new Secret('\u00e9').fingerprint).toBe(
      createHash('sha256')
        .update(Buffer.from([0xc3, 0xa9]))
        .digest('hex')
        .slice(0, 12),
    );
  });

  it('equals one with the same characters, and no other', () => {
    expect(secret.equals(new Secret(TEXT))).toBe(true);
    expect(secret.equals(new Secret(`${TEXT} `))).toBe(false);
  });
});

describe('what stands for a key in a preview', () => {
  const dots = `•••• (${secret.fingerprint})`;

  it.each<[string, readonly string[], string]>([
    ['the prefix', ['sk-live-'], `sk-live-${dots}`],
    ['the longest of its prefixes', ['sk-', 'sk-live-', 'other-'], `sk-live-${dots}`],
    ['no prefix where none fits', ['lf_'], dots],
    ['no prefix where there is none', [], dots],
    ['no prefix that would leave hardly a character hidden', ['sk-live-0123456789'], dots],
    ['no prefix that is all of it', [TEXT], dots],
  ])('shows %s', (_, prefixes, expected) => {
    expect(mask(secret, prefixes)).toBe(expected);
  });
});
