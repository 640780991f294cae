import type { Requester } from '../../main/approvals/approval.schema.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';

/** A plan for the credential `work`, with what a test wants to be different. */
export function planOf(change: Partial<Plan> = {}): Plan {
  return {
    hash: 'plan-1',
    credential: { id: 'c1', name: 'work' },
    target: { id: 'c1', name: 'work' },
    provider: { id: 'bitscale', name: 'BitScale' },
    strategy: 'in-place',
    baseUrl: 'https://api.bitscale.ai/api/v1',
    agentId: null,
    oldFingerprint: '0123456789ab',
    consequences: [{ kind: 'old-key-dies-at-once' }],
    sites: [],
    findings: [],
    hosts: [],
    ...change,
  };
}

export const AGENT: Requester = {
  via: 'agent',
  program: 'node',
  pid: 1,
  client: { name: 'claude-code', version: '2.1' },
};
export const PAGE: Requester = { via: 'page', program: 'Chromium', pid: null, client: null };
