import type { Approval, Requester } from '../../main/approvals/approval.schema.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';

/** A plan for the credential `work`, with what a test wants to be different. */
export function planOf(change: Partial<Plan> = {}): Plan {
  return {
    hash: 'plan-1',
    credential: { id: 'c1', name: 'work' },
    target: { id: 'c1', name: 'work' },
    provider: { id: 'bitscale', name: 'BitScale' },
    strategy: 'in-place',
    way: 'request',
    undoes: null,
    grace: null,
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

/** That plan as the page has just approved it. */
export function approvalOf(plan: Plan): Approval {
  return {
    id: 'a1',
    batch: null,
    requester: PAGE,
    plan,
    createdAt: '2026-01-01T00:00:00Z',
    expiresAt: '2026-01-01T00:02:00Z',
    state: 'approved',
    decidedBy: 'page',
    decidedAt: '2026-01-01T00:00:01Z',
    giveKeyToClient: false,
    restartHosts: [],
    graceMinutes: null,
    rotationId: null,
    problem: null,
  };
}
