import { describe, expect, it } from 'vitest';
import { a2amarket } from '../../main/providers/a2amarket.ts';
import { bitscale } from '../../main/providers/bitscale.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { log10x } from '../../main/providers/log10x.ts';
import { builtInProviders } from '../../main/providers/registry.ts';
import { answer, subject } from './subject.ts';

const all = builtInProviders.map((provider) => [provider.name, provider] as const);

describe.each(all)('a key of %s', (_, provider) => {
  const read = (came: ReturnType<typeof answer>) => provider.readVerification(subject(), came);

  it.each([401, 403])('that the service answers with %i is refused', (status) => {
    expect(read(answer(status, ''))).toEqual({ state: 'refused', reason: `it answered ${status}` });
    expect(read(answer(status, { message: 'Unauthorized' }))).toMatchObject({ state: 'refused' });
  });

  it.each([401, 403])('is not called refused because a firewall’s page says %i', (status) => {
    const page = '<!DOCTYPE html><html><title>Attention required</title></html>';
    expect(read(answer(status, page, { headers: { 'content-type': 'text/html; charset=UTF-8' } })).state).toBe(
      'unknown',
    );
    expect(read(answer(status, page, { headers: {} })).state).toBe('unknown');
  });

  it.each([0, 302, 307, 400, 404, 405, 407, 408, 409, 422, 429, 500, 502, 503, 504])(
    'is unknown when the service answers %i',
    (status) => {
      const reading = read(answer(status, { message: 'Words' }));
      expect(reading.state).toBe('unknown');
    },
  );

  it.each([
    '',
    'OK',
    '{}',
    '[]',
    'null',
    'true',
    '"accepted"',
    '<html>Sign in to the network</html>',
    '{"error":"no"}',
  ])('is unknown when a 200 does not take the documented form (%s)', (body) =>
    expect(read(answer(200, body)).state).toBe('unknown'),
  );

  it('is unknown when the answer broke off', () => {
    expect(read(answer(200, '{"id":"ws_1","na', { complete: false })).state).toBe('unknown');
  });
});

describe('whose key it is', () => {
  it.each([
    [{ id: 'ws_1', name: 'Acme', plan: {}, credits: {}, members: {} }, 'Acme'],
    [{ id: '0b0a3f64-6d51-4a53-8a1d-2c5c3b7c9d11' }, '0b0a3f64-6d51-4a53-8a1d-2c5c3b7c9d11'],
    [{ id: 17, name: '' }, '17'],
  ])('is read from BitScale’s workspace %j', (document, account) => {
    expect(bitscale.readVerification(subject(), answer(200, document))).toEqual({
      state: 'accepted',
      account,
      settings: {},
    });
  });

  it.each([
    [{ user: { user_id: 'u', username: 'alice@acme.example', environments: [] } }, 'alice@acme.example'],
    [{ user: { user_id: 'u' } }, null],
  ])('is read from Log10x’s user %j', (document, account) => {
    expect(log10x.readVerification(subject(), answer(200, document))).toEqual({
      state: 'accepted',
      account,
      settings: {},
    });
  });

  it.each([
    [{ payload: { data: { balance: 0 } } }, 'agent-1'],
    [{ balance: 12 }, 'agent-1'],
    [{ payload: { data: { balance: { available: 3 }, agent_id: 'agent-2' } } }, 'agent-2'],
  ])('is read from a2amarket’s balance %j', (document, account) => {
    const who = subject({ settings: { agent_id: 'agent-1' } });
    expect(a2amarket.readVerification(who, answer(200, document))).toEqual({
      state: 'accepted',
      account,
      settings: {},
    });
  });

  it('is shown on one line, at most 200 characters long, without what turns text around', () => {
    const name = `Acme\n\u202e${'x'.repeat(500)}\u0007`;
    const reading = bitscale.readVerification(subject(), answer(200, { name }));
    expect(reading.state === 'accepted' && reading.account).toBe(`Acme ${'x'.repeat(194)}…`);
  });
});

describe('a key of a2amarket', () => {
  it.each(['AGENT_SUSPENDED', 'RATE_LIMITED', 'INVALID_SIGNATURE', 'AGENT_NOT_FOUND', 'IDEMPOTENCY_CONFLICT'])(
    'is not refused by the code %s, whatever its status',
    (code) => {
      expect(a2amarket.readVerification(subject(), answer(403, { error: { code } })).state).toBe('unknown');
    },
  );

  it('is refused by the code UNAUTHORIZED', () => {
    const came = answer(401, { error: { code: 'UNAUTHORIZED', message: 'no' } });
    expect(a2amarket.readVerification(subject(), came).state).toBe('refused');
  });
});

describe('a key of Lightning Faucet', () => {
  const ask = (document: unknown, partial = {}) =>
    lightningFaucet.readVerification(subject({ kind: 'operator', ...partial }), answer(200, document));

  it.each([
    'Invalid API key',
    'Invalid or expired api_key',
    'API key not found',
    'API key required',
    'api_key is missing or api_key invalid',
    'Unknown key',
    'Unauthorized',
    'Not authenticated',
    'Your key has been revoked',
  ])('is refused by the words “%s”', (error) => {
    expect(ask({ success: false, error })).toEqual({ state: 'refused', reason: `it said “${error}”` });
  });

  it.each([
    'Rate limit exceeded for this API key, try again',
    'Invalid key cache, temporarily unavailable',
    'Database error',
    'Internal error: unknown key owner',
    'Too many requests',
    'Agent not found',
  ])('is unknown after the words “%s”, which speak of something else', (error) => {
    expect(ask({ success: false, error })).toEqual({ state: 'unknown', reason: `it said “${error}”` });
  });

  it('is unknown when the service fails without a word', () => {
    expect(ask({ success: false }).state).toBe('unknown');
    expect(ask({ success: false, error: { code: 1 } }).state).toBe('unknown');
  });

  it('is accepted as an operator’s, with the operator’s id', () => {
    const whoami = { success: true, type: 'operator', id: 42, name: 'Acme', balance_sats: 1, agent_count: 2 };
    expect(ask(whoami)).toEqual({ state: 'accepted', account: 'Acme', settings: { operator_id: '42' } });
    expect(ask({ ...whoami, name: undefined })).toMatchObject({ account: 'operator 42' });
  });

  it('is accepted as an agent’s, with the ids of both', () => {
    const whoami = { type: 'agent', id: 7, name: 'Buyer', balance_sats: 1, budget_limit_sats: 2, operator_id: 42 };
    expect(ask(whoami, { kind: 'agent', settings: { agent_id: '7' } })).toEqual({
      state: 'accepted',
      account: 'Buyer',
      settings: { agent_id: '7', operator_id: '42' },
    });
  });

  it('is never taken for a key of the other kind, nor of another agent', () => {
    const agent = { type: 'agent', id: 7, name: 'Buyer' };
    expect(ask(agent)).toMatchObject({ state: 'unknown' });
    expect(ask({ type: 'operator', id: 42 }, { kind: 'agent' })).toMatchObject({ state: 'unknown' });
    expect(ask(agent, { kind: 'agent', settings: { agent_id: '8' } })).toEqual({
      state: 'unknown',
      reason: 'the key belongs to agent 7, not to agent 8',
    });
  });

  it('is unknown when the service does not say what kind it is', () => {
    expect(ask({ success: true, id: 5 }).state).toBe('unknown');
  });
});
