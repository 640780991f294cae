import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../main/credentials/secret.ts';
import { describedProvider } from '../../../main/providers/described/described-provider.ts';
import { parseDescription } from '../../../main/providers/described/parse-description.ts';
import type { HttpRequest } from '../../../main/providers/http.ts';
import { attempt, subject } from '../subject.ts';
import { changed } from './example.ts';

const KEY = 'hbr-CANARY07-0123456789abcdef0123456789CANARY';
const TEAM = 'team "7" / ä';

/** Text between placeholders, as it may stand in a header. */
const words = fc.string({ unit: fc.constantFrom(...'AZ09 -.:;,/"\\{}[]%?#@!'), maxLength: 12 });
const placed = (...names: string[]) =>
  fc
    .array(fc.oneof(words, fc.constantFrom(...names.map((name) => `{${name}}`))), { maxLength: 5 })
    .map((all) => all.join(''));

const RUN = ['key', 'idempotency_key', 'now', 'name', 'setting.team'];
const headerName = fc.constantFrom('Authorization', 'X-Api-Key', 'X-A', 'X-B', 'Content-Type', 'accept');
const headers = fc.dictionary(headerName, placed('key', 'idempotency_key', 'now', 'name'), { maxKeys: 4 });
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(placed(...RUN), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ maxLength: 8 }).filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;
const step = fc.oneof(
  fc.constantFrom('v1', 'keys', 'a.b', 'x%20y', 'x:y', '~me', '{setting.team}', '{name}', '{now}', '{idempotency_key}'),
  fc.string({ unit: fc.constantFrom(...'abc019-_'), minLength: 1, maxLength: 6 }),
);
const path = fc
  .tuple(fc.array(step, { maxLength: 4 }), fc.constantFrom('', '?a=b', '?team={setting.team}&at={now}', '?a={name}'))
  .map(([steps, query]) => `/${steps.join('/')}${query}`);
const request = fc
  .record({
    method: fc.constantFrom('POST', 'PUT', 'PATCH'),
    path,
    headers: headers.map((all) => ({ ...all, 'X-Key': '{key}' })),
    body: fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), json, { maxKeys: 3 })
      .map((all) => ({ ...all, token: '{key}', label: '{name}' })),
  })
  .filter(
    (one) =>
      new Set(Object.keys(one.headers).map((name) => name.toLowerCase())).size === Object.keys(one.headers).length,
  );

const settings = [{ name: 'team', label: 'Team', required: true }];

/** All that a server, a proxy or a log may write down of a request. */
function writtenDown({ url }: HttpRequest): string {
  return `${url.href} ${decodeURIComponent(url.href.replace(/%(?![0-9a-f]{2})/gi, '%25'))}`;
}

describe('any request that can be described', () => {
  it('is read as it was written, however it is laid out', () => {
    fc.assert(
      fc.property(request, fc.constantFrom(undefined, 1, 2, '\t'), (one, indent) => {
        const text = JSON.stringify(JSON.parse(changed('overlap', { request: one, settings })), null, indent);
        const { description, problems } = parseDescription(text);
        expect(problems).toEqual([]);
        expect(description).toEqual(JSON.parse(text));
        expect(JSON.parse(JSON.stringify(description))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('carries the key in its headers and its body, and never in its address', () => {
    fc.assert(
      fc.property(request, (one) => {
        const { description } = parseDescription(changed('overlap', { request: one, settings }));
        if (!description) throw new Error('the description is not taken');
        const who = subject({ settings: { team: TEAM } });
        const made = describedProvider(description).rotationRequest(who, new Secret(KEY), attempt);
        expect(writtenDown(made)).not.toContain('CANARY');
        expect(made.url.origin).toBe('https://service.example');
        expect(made.url.pathname.startsWith('/api/')).toBe(true);
        expect(made.headers['X-Key']).toBe(KEY);
        for (const value of Object.values(made.headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(made.body ?? '')).toMatchObject({ token: KEY, label: attempt.name });
      }),
    );
  });

  it('fills every placeholder once: what is put in is not looked at again', () => {
    fc.assert(
      fc.property(request, fc.constantFrom('{key}', '{now}', '{setting.team}'), (one, team) => {
        const { description } = parseDescription(
          changed('overlap', {
            request: { ...one, path: '/r', body: { ...one.body, team: '{setting.team}' } },
            settings,
          }),
        );
        if (!description) throw new Error('the description is not taken');
        const made = describedProvider(description).rotationRequest(
          subject({ settings: { team } }),
          new Secret(KEY),
          attempt,
        );
        expect(JSON.parse(made.body ?? '')).toMatchObject({ team });
      }),
    );
  });

  it('with the key in its address is refused, wherever it stands there', () => {
    fc.assert(
      fc.property(request, fc.nat(), (one, at) => {
        const spots = [...one.path.matchAll(/\/|=|$/g)].map(({ index, 0: sign }) => index + sign.length);
        const spot = spots[at % spots.length] ?? 0;
        const withKey = `${one.path.slice(0, spot)}{key}${one.path.slice(spot)}`;
        const { problems } = parseDescription(changed('overlap', { request: { ...one, path: withKey }, settings }));
        expect(problems.map(({ field }) => field)).toContain('request.path');
      }),
    );
  });
});

describe('any text', () => {
  it('is read or refused with lines that it has, and nothing is thrown', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.tuple(fc.nat(), fc.nat(5), fc.string({ unit: 'binary', maxLength: 3 })).map(([at, length, put]) => {
        const whole = changed('in-place', {});
        const from = at % whole.length;
        return whole.slice(0, from) + put + whole.slice(from + length);
      }),
    );
    fc.assert(
      fc.property(text, (one) => {
        const { description, problems } = parseDescription(one);
        expect(description === null).toBe(problems.length > 0);
        const lines = one.split('\n').length;
        for (const { line } of problems) expect(line >= 1 && line <= lines).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
