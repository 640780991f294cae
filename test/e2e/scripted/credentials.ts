import { randomUUID } from 'node:crypto';
import type { CredentialView } from '../../../preload/contract.ts';

const DAY_MS = 24 * 60 * 60_000;
export const daysAgo = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();
export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

const base = {
  kind: null,
  settings: {},
  companions: [],
  verification: null,
  cooldown: null,
  state: 'ok',
  rotationId: null,
  due: false,
} as const;

/** How old a key is by its dates, and when it is due after 90 days. */
function ageOf(since: string): Pick<CredentialView, 'age' | 'dueAt'> {
  const at = Date.parse(since);
  return { age: Math.floor((Date.now() - at) / DAY_MS), dueAt: new Date(at + 90 * DAY_MS).toISOString() };
}

/** Four keys of four services, as a person might have them. */
export function credentials(): CredentialView[] {
  return [
    {
      ...base,
      settings: {},
      companions: [],
      id: '0b8f6a3e-58a1-4a3b-9a45-1f6d2c7e9a01',
      name: 'work',
      provider: 'bitscale',
      providerName: 'BitScale',
      baseUrl: 'https://api.bitscale.ai/api/v1',
      fingerprint: '3f9a1c2b4d5e',
      masked: 'sk-live-•••• (3f9a1c2b4d5e)',
      createdAt: daysAgo(190),
      rotatedAt: daysAgo(3.2),
      ...ageOf(daysAgo(3.2)),
    },
    {
      ...base,
      settings: {},
      companions: [],
      id: '0b8f6a3e-58a1-4a3b-9a45-1f6d2c7e9a02',
      name: 'wallet',
      kind: 'operator',
      provider: 'lightning-faucet',
      providerName: 'Lightning Faucet',
      baseUrl: 'https://lightningfaucet.com/ai-agents/api',
      fingerprint: '91ce00ab7f12',
      masked: 'lf_•••• (91ce00ab7f12)',
      createdAt: daysAgo(60),
      rotatedAt: new Date(Date.now() - 18 * 60_000).toISOString(),
      ...ageOf(daysAgo(0)),
      cooldown: { what: 'withdrawals', until: inMinutes(41.5) },
    },
    {
      ...base,
      settings: {},
      companions: [],
      id: '0b8f6a3e-58a1-4a3b-9a45-1f6d2c7e9a03',
      name: 'logs production',
      provider: 'log10x',
      providerName: 'Log10x',
      baseUrl: 'https://prometheus.log10x.com',
      fingerprint: 'a07d44c1e9b3',
      masked: '•••• (a07d44c1e9b3)',
      createdAt: daysAgo(411),
      rotatedAt: null,
      // Nobody is reminded of this one.
      rotateEveryDays: 0,
      age: 411,
      dueAt: null,
    },
    {
      ...base,
      companions: ['hmac_secret'],
      id: '0b8f6a3e-58a1-4a3b-9a45-1f6d2c7e9a04',
      name: 'market',
      provider: 'a2amarket',
      providerName: 'a2amarket',
      baseUrl: 'https://agent.a2amarket.md',
      settings: { agent_id: 'agt_81c2' },
      fingerprint: '5d1e82fa6630',
      masked: 'ak_•••• (5d1e82fa6630)',
      createdAt: daysAgo(20),
      rotatedAt: daysAgo(20),
      ...ageOf(daysAgo(20)),
    },
  ];
}

/** So many keys: `key 1`, `key 2`, ... */
export function manyCredentials(count: number): CredentialView[] {
  const [first] = credentials();
  if (!first) throw new Error('there are no scripted credentials');
  return Array.from({ length: count }, (_, index) => ({ ...first, id: randomUUID(), name: `key ${index + 1}` }));
}
