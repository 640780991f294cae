import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../main/credentials/secret.ts';
import { describedProvider } from '../../../main/providers/described/described-provider.ts';
import { parseDescription } from '../../../main/providers/described/parse-description.ts';
import type { Provider, Subject } from '../../../main/providers/provider.ts';
import { ProviderError } from '../../../main/providers/provider-error.ts';
import { send } from '../../../main/providers/send.ts';
import type { FakeService } from '../../fakes/service.ts';
import { answer, attempt, LIMITS, subject } from '../subject.ts';
import { changed, type ExampleName, example } from './example.ts';
import { HarborMetrics, LanternSearch, QuillMail } from './stand-ins.ts';

let service: FakeService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

async function started<T extends FakeService>(one: T): Promise<T> {
  service = one;
  return one.listen();
}

function providerOf(name: ExampleName, change: Readonly<Record<string, unknown>> = {}): Provider {
  const { description, problems } = parseDescription(changed(name, change));
  if (!description) throw new Error(JSON.stringify(problems));
  return describedProvider(description);
}

const at = ({ url }: FakeService, settings: Subject['settings'] = {}): Subject =>
  subject({ baseUrl: new URL(url), settings });

async function rotate(provider: Provider, where: Subject, key: Secret) {
  const received = await send(provider.rotationRequest(where, key, attempt), LIMITS);
  return provider.readRotation(where, received, attempt, [key]);
}

async function verify(provider: Provider, where: Subject, key: string) {
  const received = await send(provider.verificationRequest(where, new Secret(key)), LIMITS);
  return provider.readVerification(where, received);
}

describe('the example of a key that rotates itself', () => {
  const provider = providerOf('in-place');
  const settings = { workspace: 'north wind' };

  it('rotates and verifies at a service that was written from its words', async () => {
    const quill = await started(new QuillMail());
    const old = quill.key;
    const where = at(quill, settings);
    expect(await verify(provider, where, old)).toEqual({ state: 'accepted', account: 'North Wind', settings: {} });
    const reading = await rotate(provider, where, new Secret(old));
    expect(reading).toMatchObject({ outcome: 'rotated', keyId: null, settings: {}, companions: {} });
    expect(reading.outcome === 'rotated' && reading.key.reveal()).toBe(quill.key);
    expect(await verify(provider, where, quill.key)).toMatchObject({ state: 'accepted' });
    expect(await verify(provider, where, old)).toEqual({ state: 'refused', reason: 'it answered 401' });
  });

  it('sends exactly what is described', async () => {
    const quill = await started(new QuillMail());
    const old = quill.key;
    await rotate(provider, at(quill, settings), new Secret(old));
    const [request] = quill.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/workspaces/north%20wind/keys/rotate',
      body: JSON.stringify({ reason: 'rotated by Rekey', requested_at: attempt.now.toISOString() }),
    });
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      'X-Api-Key': old,
      'Idempotency-Key': attempt.idempotencyKey,
      'Content-Type': 'application/json',
    });
  });

  it('tells a plain no in the service’s words, and doubts the rest', async () => {
    const quill = await started(new QuillMail());
    const where = at(quill, settings);
    quill.fail('refuses-with-429');
    expect(await rotate(provider, where, new Secret(quill.key))).toEqual({
      outcome: 'declined',
      code: 'rate-limited',
      message: 'It answered 429: there were too many requests, wait a little (“Quill says 429”).',
    });
    for (const how of [
      'rotates-and-answers-502',
      'rotates-and-answers-garbage',
      'rotates-and-answers-the-old-key',
    ] as const) {
      quill.fail(how);
      expect(await rotate(provider, where, new Secret(quill.key))).toMatchObject({ outcome: 'in-doubt' });
    }
  });

  it('takes the new key from the first of its places that holds one', () => {
    for (const body of [
      { api_key: 'quill_new-1' },
      { key: 'quill_new-1' },
      { key: 'quill_other', api_key: 'quill_new-1' },
    ]) {
      const reading = provider.readRotation(subject(), answer(200, body), attempt, []);
      expect(reading.outcome === 'rotated' && reading.key.reveal()).toBe('quill_new-1');
    }
  });

  it('is told with its own consequences', () => {
    const consequences = provider.consequences(subject({ settings }));
    expect(consequences).toContainEqual({ kind: 'blocked', what: 'bulk sending', minutes: 15 });
    expect(providerOf('in-place', { consequences: undefined }).consequences(subject({ settings }))).toEqual([
      { kind: 'old-key-dies-at-once' },
      { kind: 'other-machines-stop' },
      { kind: 'irreversible' },
    ]);
  });

  it('is not asked without its setting, with one that leads elsewhere, or for an agent', () => {
    const key = new Secret('quill_a');
    for (const given of [{}, { workspace: ' ' }]) {
      const where = subject({ settings: given });
      for (const ask of [
        () => provider.verificationRequest(where, key),
        () => provider.rotationRequest(where, key, attempt),
        () => provider.consequences(where),
      ])
        expect(ask).toThrow(expect.objectContaining({ code: 'setting-required' }));
    }
    for (const workspace of ['..', '.', '\ud800']) {
      const where = subject({ settings: { workspace } });
      expect(() => provider.rotationRequest(where, key, attempt)).toThrow(ProviderError);
    }
    const agent = subject({ settings, agentId: '7' });
    expect(() => provider.consequences(agent)).toThrow(expect.objectContaining({ code: 'agent-id-not-taken' }));
  });

  it('has no other origin than its base URL, whatever its setting is', () => {
    for (const workspace of ['//evil.example', '\\\\evil.example', '@evil.example', '?x=', '#x', 'a/b', '%2e%2e/x']) {
      const { url } = provider.rotationRequest(subject({ settings: { workspace } }), new Secret('quill_a'), attempt);
      expect(url.origin).toBe('https://service.example');
      expect(url.pathname).toBe(`/api/workspaces/${encodeURIComponent(workspace)}/keys/rotate`);
      expect(url.search + url.hash).toBe('');
    }
  });
});

describe('the example of a second key', () => {
  const provider = providerOf('overlap');

  it('makes, lists and revokes tokens at a service that was written from its words', async () => {
    const harbor = await started(new HarborMetrics());
    const [old, other] = harbor.tokens;
    if (!old || !other || !provider.overlap) throw new Error('there is nothing to test');
    const where = at(harbor, { key_name: 'laptop' });
    const key = new Secret(old.secret);
    expect(await verify(provider, where, old.secret)).toMatchObject({ state: 'accepted', account: 'ada@example.com' });

    const listed = provider.overlap.readList(where, await send(provider.overlap.listRequest(where, key, null), LIMITS));
    expect(listed).toEqual({
      keys: [old, other].map(({ id, label }) => ({ id: String(id), name: label, settings: {}, masked: null })),
      next: null,
    });
    expect(provider.overlap.idOf(where, key, listed?.keys ?? [])).toBe(String(old.id));

    const reading = await rotate(provider, where, key);
    const made = harbor.tokens.at(-1);
    expect(reading).toMatchObject({
      outcome: 'rotated',
      keyId: String(made?.id),
      settings: { key_id: String(made?.id), key_name: attempt.name },
    });
    expect(made?.label).toBe(attempt.name);

    const revoke = async (id: string) =>
      provider.overlap?.readRevocation(where, await send(provider.overlap.revokeRequest(where, key, id), LIMITS));
    expect(await revoke(String(other.id))).toEqual({ state: 'revoked' });
    expect(await revoke(String(other.id))).toEqual({ state: 'gone' });
    expect(harbor.tokens.map(({ id }) => id)).toEqual([old.id, made?.id]);
  });

  it.each([
    [{ key_id: '12' }, '12'],
    [{ key_id: '12', key_name: 'laptop' }, '12'],
    [{ key_id: '99', key_name: 'laptop' }, '11'],
    [{ key_name: 'office' }, null],
    [{ key_name: 'nowhere' }, null],
    [{}, null],
  ])('knows a token with %j as %j', (settings: Record<string, string>, id) => {
    const keys = [
      { id: '11', name: 'laptop', settings: {}, masked: null },
      { id: '12', name: 'office', settings: {}, masked: null },
      { id: '13', name: 'office', settings: {}, masked: null },
    ];
    expect(provider.overlap?.idOf(subject({ settings }), new Secret('hbr-x'), keys)).toBe(id);
  });

  it('does not take a token that stands alone in the list for its own', () => {
    const keys = [{ id: '11', name: 'laptop', settings: {}, masked: null }];
    expect(provider.overlap?.idOf(subject(), new Secret('hbr-x'), keys)).toBeNull();
  });

  it.each([
    ['a no', 403, { data: { tokens: [] } }],
    ['something else', 200, { data: {} }],
    ['an entry without an id', 200, { data: { tokens: [{ id: 1, label: 'a' }, { label: 'b' }] } }],
    ['an id that leads elsewhere', 200, { data: { tokens: [{ id: '../users', label: 'a' }] } }],
  ])('takes %s for no list', (_, status, body) => {
    expect(provider.overlap?.readList(subject(), answer(status, body))).toBeNull();
  });

  it('reads a list that is the whole answer', () => {
    const { overlap } = example('overlap') as Extract<ReturnType<typeof example>, { strategy: 'overlap' }>;
    const { keys: _, ...list } = overlap.list;
    const plain = providerOf('overlap', { overlap: { ...overlap, list } });
    expect(plain.overlap?.readList(subject(), answer(200, [{ id: 'a', label: 'b' }]))?.keys).toHaveLength(1);
  });

  it('lets both keys work for a while, and asks for the name that the list shows', () => {
    expect(provider.grace?.default).toBe(60);
    expect(provider.settings.map(({ name, required }) => [name, required])).toEqual([['key_name', false]]);
    expect(provider.consequences(subject())).toContainEqual({ kind: 'new-key-expires', days: 365 });
  });
});

describe('the example of keys made by hand', () => {
  const provider = providerOf('by-hand');

  it('asks about a key at a service that was written from its words', async () => {
    const lantern = await started(new LanternSearch());
    const where = at(lantern);
    expect(await verify(provider, where, lantern.keys[0] ?? '')).toEqual({
      state: 'accepted',
      account: 'Night watch',
      settings: {},
    });
    expect(await verify(provider, where, 'f'.repeat(40))).toEqual({ state: 'refused', reason: 'it answered 401' });
    expect(lantern.requests[0]).toMatchObject({ body: JSON.stringify({ credentials: { api_key: lantern.keys[0] } }) });
  });

  it('is never asked for a key', () => {
    expect(provider).toMatchObject({ strategy: 'manual', verifies: true, overlap: null, grace: null });
    expect(() => provider.rotationRequest(subject(), new Secret('a'), attempt)).toThrow();
    expect(provider.readRotation(subject(), answer(200, { key: 'a' }), attempt, [])).toMatchObject({
      outcome: 'in-doubt',
    });
  });

  it('can’t be asked about a key where nothing is said of it', () => {
    expect(providerOf('by-hand', { verify: undefined }).verifies).toBe(false);
  });
});

describe('a question whose good answer is not described', () => {
  const { verify: asks } = example('by-hand');
  const { has: _, account: __, ...verifyWith } = asks ?? {};
  const provider = providerOf('by-hand', { verify: verifyWith });

  it.each([
    [200, {}, {}, 'accepted'],
    [200, [], {}, 'accepted'],
    [204, '', {}, 'accepted'],
    [200, '<!doctype html><p>Welcome', { 'content-type': 'text/html' }, 'unknown'],
    [200, 'welcome', {}, 'unknown'],
    [302, '', {}, 'unknown'],
    [500, {}, {}, 'unknown'],
    [401, {}, {}, 'refused'],
    [403, {}, {}, 'refused'],
    [401, '<html>', { 'content-type': 'text/html' }, 'unknown'],
  ])('counts %i %j %j as %s', (status, body, headers, state) => {
    expect(provider.readVerification(subject(), answer(status, body, { headers }))).toMatchObject({ state });
  });
});

describe('a setting in a request', () => {
  const request = {
    method: 'POST',
    path: '/r',
    headers: { 'X-Team': '{setting.team}' },
    body: { key: '{key}', team: ['{setting.team}'] },
  };
  const settings = [{ name: 'team', label: 'Team', required: true }];
  const provider = providerOf('in-place', {
    request,
    settings,
    verify: { method: 'GET', path: '/me', headers: { A: '{key}' } },
  });

  it('stands in a JSON body as it is, whatever it holds', () => {
    const team = 'a "b" {key} \\ {now}';
    const { body } = provider.rotationRequest(subject({ settings: { team } }), new Secret('quill_a'), attempt);
    expect(JSON.parse(body ?? '')).toEqual({ key: 'quill_a', team: [team] });
  });

  it.each(['a\r\nX-Other: b', 'a\0', 'Zoë'])('can’t put %j into a header', (team) => {
    const ask = () => provider.rotationRequest(subject({ settings: { team } }), new Secret('quill_a'), attempt);
    expect(ask).toThrow(expect.objectContaining({ code: 'setting-invalid' }));
  });
});

describe('an in-place service that knows its keys by an id', () => {
  const settings = [{ name: 'key_id', label: 'Id', required: true }];
  const request = { method: 'PUT', path: '/keys/{setting.key_id}', headers: { A: '{key}' } };
  const verifyWith = { method: 'GET', path: '/me', headers: { A: '{key}' } };
  const provider = providerOf('in-place', {
    settings,
    request,
    verify: verifyWith,
    answer: { key: 'key', id: ['nope', 'id'] },
  });

  it('is asked with the new one next time', () => {
    const reading = provider.readRotation(subject(), answer(200, { key: 'quill_b', id: 42 }), attempt, []);
    expect(reading).toMatchObject({ keyId: '42', settings: { key_id: '42' } });
    const { url, body, headers } = provider.rotationRequest(
      subject({ settings: { key_id: '42' } }),
      new Secret('q'),
      attempt,
    );
    expect([url.pathname, body, headers]).toEqual(['/api/keys/42', null, { A: 'q' }]);
  });
});
