import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { HttpAnswer } from '../../main/providers/http.ts';
import { neon } from '../../main/providers/neon.ts';
import { openrouter } from '../../main/providers/openrouter.ts';
import type { ListedKey, Overlap, Provider } from '../../main/providers/provider.ts';
import { resend } from '../../main/providers/resend.ts';
import { sendgrid } from '../../main/providers/sendgrid.ts';
import { answer, subject } from './subject.ts';

const OTHERS = [listed('a', 'web'), listed('b', 'rekey 2026-01-01 0123456789ab'), listed('c', 'batch')];

function listed(id: string, name: string, masked: string | null = null): ListedKey {
  return { id, name, settings: {}, masked };
}

function overlapOf({ overlap }: Provider): Overlap {
  if (!overlap) throw new Error('it has no list');
  return overlap;
}

describe.each([resend, neon])('which of the keys of $name a key is', (provider) => {
  const idOf = (settings: Record<string, string>, keys: readonly ListedKey[]) =>
    overlapOf(provider).idOf(subject({ settings }), new Secret('some-key'), keys);

  it.each<[string, Record<string, string>, readonly ListedKey[], string | null]>([
    ['its id', { key_id: 'b' }, OTHERS, 'b'],
    ['its id, whatever its name is', { key_id: 'b', key_name: 'web' }, OTHERS, 'b'],
    ['its name', { key_name: 'batch' }, OTHERS, 'c'],
    ['its name, when the id is one of before', { key_id: 'gone', key_name: 'batch' }, OTHERS, 'c'],
    ['nothing, when two have that name', { key_name: 'web' }, [...OTHERS, listed('d', 'web')], null],
    ['nothing, when none has that name', { key_name: 'Web' }, OTHERS, null],
    ['nothing, when it has no name', {}, [...OTHERS, listed('d', '')], null],
    ['there being no other', {}, [listed('d', 'x')], 'd'],
    ['there being no other, even if the name is mistyped', { key_name: 'y' }, [listed('d', 'x')], 'd'],
    // The other one may be a program's, and the key of Rekey's name the one in use.
    ['nothing, when Rekey has made the other', {}, OTHERS.slice(0, 2), null],
    ['nothing, when there is none', { key_id: 'a', key_name: 'web' }, [], null],
  ])('is told by %s', (_, settings, keys, id) => expect(idOf(settings, keys)).toBe(id));
});

describe('which of the keys of SendGrid a key is', () => {
  const key = new Secret(`SG.${'i'.repeat(22)}.${'s'.repeat(43)}`);
  const idOf = (settings: Record<string, string>, keys: readonly ListedKey[], of = key) =>
    overlapOf(sendgrid).idOf(subject({ settings }), of, keys);

  it('is told by the key itself, before anything else', () => {
    const own = listed('i'.repeat(22), 'mail');
    expect(idOf({ key_id: 'a', key_name: 'web' }, [...OTHERS, own])).toBe(own.id);
    // Not in the list, it is another account's.
    expect(idOf({ key_id: 'a', key_name: 'web' }, OTHERS)).toBeNull();
    expect(idOf({}, [listed('a', 'web')])).toBeNull();
  });

  it('is told by what is known, where a key has another form', () => {
    expect(idOf({ key_id: 'c' }, OTHERS, new Secret('SG.odd'))).toBe('c');
  });
});

describe('which of the keys of OpenRouter a key is', () => {
  const text = `sk-or-v1-0e6${'7'.repeat(58)}c96`;
  const hash = createHash('sha256').update(text).digest('hex');
  const idOf = (settings: Record<string, string>, keys: readonly ListedKey[]) =>
    overlapOf(openrouter).idOf(subject({ settings }), new Secret(text), keys);
  const mine = listed('mine', 'prod', 'sk-or-v1-0e6...c96');
  const other = listed('other', 'prod', 'sk-or-v1-0e6...c97');

  it.each<[string, Record<string, string>, readonly ListedKey[], string | null]>([
    ['its hash', { key_id: 'mine' }, [mine, listed(hash, 'x')], hash],
    ['its id', { key_id: 'b' }, OTHERS, 'b'],
    ['what is shown of it', {}, [other, mine], 'mine'],
    [
      'what is shown of it, whatever is known of a key of before',
      { key_id: 'other', key_name: 'web' },
      [other, mine],
      'mine',
    ],
    ['nothing, when two look so', {}, [mine, { ...mine, id: 'twin' }], null],
    ['its name, where labels are people’s own', { key_name: 'batch' }, [listed('d', 'batch', 'My label'), other], 'd'],
    ['its name, of those that it can be', { key_name: 'prod' }, [listed('d', 'prod'), other], 'd'],
    ['nothing, there being only one, since the management key may be of another account', {}, [listed('d', 'x')], null],
  ])('is told by %s', (_, settings, keys, id) => expect(idOf(settings, keys)).toBe(id));

  it.each(['sk-or-v1-0e6…c96', 'sk-or-v1-0e6****c96', 'sk-or-v1-0e677...7c96'])('is shown as %s too', (masked) => {
    expect(idOf({}, [other, listed('d', 'x', masked)])).toBe('d');
  });
});

interface List {
  readonly provider: Provider;
  document(...ids: readonly unknown[]): unknown;
}

const LISTS: readonly List[] = [
  {
    provider: resend,
    document: (...ids) => ({ object: 'list', has_more: false, data: ids.map((id) => ({ id, name: 'n' })) }),
  },
  { provider: neon, document: (...ids) => ids.map((id) => ({ id, name: 'n' })) },
  { provider: openrouter, document: (...ids) => ({ data: ids.map((hash) => ({ hash, name: 'n', label: 'l' })) }) },
  { provider: sendgrid, document: (...ids) => ({ result: ids.map((api_key_id) => ({ api_key_id, name: 'n' })) }) },
];

describe.each(LISTS)('the list of keys at $provider.name', ({ provider, document }) => {
  const read = (came: HttpAnswer) => overlapOf(provider).readList(subject(), came);

  it('is read with ids as texts', () => {
    expect(read(answer(200, document(12, 'x-1')))?.keys.map(({ id }) => id)).toEqual(['12', 'x-1']);
    expect(read(answer(200, document()))).toEqual({ keys: [], next: null });
  });

  it.each([0, 302, 401, 403, 404, 429, 500])('is none with status %i', (status) => {
    expect(read(answer(status, document('a')))).toBeNull();
  });

  it.each(['', '{}', '[1]', 'null', '"x"', '{"data":{}}', '{"data":null,"result":7}', '<html>', '[{"name":"n"}]'])(
    'is none in another form (%s)',
    (body) => expect(read(answer(200, body))).toBeNull(),
  );

  it.each([[''], ['..'], ['a/b'], ['a b'], [null], [true], [{}], ['x'.repeat(201)]])(
    'is none with an entry that has no id to use (%j)',
    (id) => expect(read(answer(200, document('a', id)))).toBeNull(),
  );

  it('is none when it broke off', () => {
    const whole = JSON.stringify(document('a', 'b'));
    expect(read(answer(200, whole.slice(0, -3), { complete: false }))).toBeNull();
  });
});

describe.each([resend, neon, openrouter, sendgrid])('what $name answers to a revocation', (provider) => {
  const read = (came: HttpAnswer) => overlapOf(provider).readRevocation(subject(), came);

  it.each<[number, string]>([
    [200, ''],
    [200, '{"deleted":true}'],
    [204, ''],
    [202, 'anything'],
  ])('is a yes (%i %s)', (status, body) => expect(read(answer(status, body))).toEqual({ state: 'revoked' }));

  it('is that there is no such key', () => expect(read(answer(404, '{}'))).toEqual({ state: 'gone' }));

  it.each([0, 302, 400, 401, 403, 409, 429, 500, 503])('is a failure (%i)', (status) => {
    expect(read(answer(status, '{}'))).toEqual({ state: 'failed', reason: expect.stringMatching(/answer/) });
  });

  it.each([200, 404])('is a failure when a web page comes with %i', (status) => {
    expect(read(answer(status, '<!doctype html>', { headers: {} })).state).toBe('failed');
  });
});
