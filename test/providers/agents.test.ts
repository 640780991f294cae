import { describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { a2amarket } from '../../main/providers/a2amarket.ts';
import { bitscale } from '../../main/providers/bitscale.ts';
import { lightningFaucet } from '../../main/providers/lightning-faucet.ts';
import { log10x } from '../../main/providers/log10x.ts';
import type { Provider, Subject } from '../../main/providers/provider.ts';
import { ProviderError } from '../../main/providers/provider-error.ts';
import { attempt, subject } from './subject.ts';

const key = new Secret('lf_marked0123456789');

/** The code with which the provider refuses, in its plan and in its request alike. */
function refusal(provider: Provider, partial: Partial<Subject>): string | null {
  const codes = [
    () => provider.consequences(subject(partial)),
    () => provider.rotationRequest(subject(partial), key, attempt),
  ].map((work) => {
    try {
      work();
      return null;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      expect(error.message).toContain('Nothing was sent.');
      expect(JSON.stringify(error.view)).not.toContain('marked');
      return error.code;
    }
  });
  expect(codes[0]).toBe(codes[1]);
  return codes[0] ?? null;
}

describe('an agent id for Lightning Faucet', () => {
  it.each(['1', '7', '9007199254740991'])('may be %s', (agentId) => {
    expect(refusal(lightningFaucet, { kind: 'operator', agentId })).toBeNull();
    const { body } = lightningFaucet.rotationRequest(subject({ kind: 'operator', agentId }), key, attempt);
    expect(body).toContain(`"agent_id":${agentId}}`);
  });

  it.each(['', '0', '-1', '1.5', '07', '1e3', ' 7', '7 ', 'seven', '9007199254740992', '7","x":"', 'NaN', '٧'])(
    'may not be %j, and nothing is sent',
    (agentId) => expect(refusal(lightningFaucet, { kind: 'operator', agentId })).toBe('agent-id-invalid'),
  );

  it('does not help an agent’s own key, which rotates nothing', () => {
    expect(refusal(lightningFaucet, { kind: 'agent' })).toBe('agent-key-needs-operator');
    expect(refusal(lightningFaucet, { kind: 'agent', agentId: '7' })).toBe('agent-key-needs-operator');
  });

  it('makes the rotation one of the agent’s key', () => {
    const operator = subject({ kind: 'operator', settings: { operator_id: '42' } });
    const agent = { ...operator, agentId: '7' };
    expect(lightningFaucet.rotatesAnother(operator)).toBe(false);
    expect(lightningFaucet.rotatesAnother(agent)).toBe(true);
    expect(lightningFaucet.otherSubject(agent)).toEqual({
      baseUrl: operator.baseUrl,
      kind: 'agent',
      settings: { agent_id: '7' },
      agentId: null,
    });
  });
});

describe('the kind of a key', () => {
  it.each([
    [lightningFaucet, 'lf_0123456789', 'operator'],
    [lightningFaucet, 'agent_0123456789', 'agent'],
    [bitscale, 'sk-live-0123456789', null],
    [log10x, '7c9e6679-7425-40de-944b-e07fc1f90ae7', null],
    [a2amarket, 'ak_0123456789', null],
  ] as const)('of $name is told by its beginning: %s', (provider, text, kind) => {
    expect(provider.kindOf(new Secret(text))).toBe(kind);
  });
});

describe('an agent id for a2amarket', () => {
  it('is required, and nothing is sent without it', () => {
    expect(refusal(a2amarket, {})).toBe('agent-id-required');
    expect(refusal(a2amarket, { settings: { agent_id: '  ' } })).toBe('agent-id-required');
  });

  it('comes from the credential’s settings, or with the request', () => {
    expect(refusal(a2amarket, { settings: { agent_id: 'a-1' } })).toBeNull();
    expect(refusal(a2amarket, { agentId: 'a-1' })).toBeNull();
    expect(refusal(a2amarket, { agentId: 'a-1', settings: { agent_id: 'a-1' } })).toBeNull();
  });

  it('may not be another’s than the key belongs to', () => {
    expect(refusal(a2amarket, { agentId: 'a-2', settings: { agent_id: 'a-1' } })).toBe('agent-id-differs');
  });

  it.each(['.', '..', 'undefined', 'null', '', 'a b', 'a\nb', 'a\0b', '\ud800', 'x'.repeat(201)])(
    'may not be %j',
    (agentId) => expect(refusal(a2amarket, { agentId })).toBe('agent-id-invalid'),
  );

  it.each(['a/b', '../../admin', 'a?b=c', 'a#b', '%2e%2e', 'агент', 'a;b', '@', 'a\\b'])(
    'stays one segment of the path, whatever is in it (%j)',
    (agentId) => {
      const { url } = a2amarket.rotationRequest(subject({ agentId }), key, attempt);
      const segments = url.pathname.split('/');
      expect(segments).toHaveLength(7);
      expect(segments.slice(0, 5).join('/')).toBe('/api/acap/v1/agents');
      expect(decodeURIComponent(segments[5] ?? '')).toBe(agentId);
      expect(segments[6]).toBe('rotate-key');
      expect([url.search, url.hash]).toEqual(['', '']);
    },
  );
});

describe('an agent id for a service without agents', () => {
  it.each([bitscale, log10x])('is refused by $name, not passed over', (provider) => {
    expect(refusal(provider, { agentId: '7' })).toBe('agent-id-not-taken');
    expect(refusal(provider, {})).toBeNull();
  });
});
