import { randomUUID } from 'node:crypto';
import type { Approval } from '../approvals/approval.schema.ts';
import type { Rotation } from './rotation.schema.ts';

/**
 * The journal record of a rotation that a person has just approved. Pure but for the ids.
 * @param at ISO time.
 */
export function newRecord(approval: Approval, at: string): Rotation {
  const { plan, requester, decidedBy } = approval;
  if (!decidedBy) throw new Error('a rotation is started without an approval');
  return {
    version: 1,
    id: randomUUID(),
    credential: plan.credential,
    target: { id: plan.target.id ?? randomUUID(), name: plan.target.name, isNew: plan.target.id === null },
    provider: plan.provider,
    strategy: plan.strategy,
    way: plan.way,
    undoes: plan.undoes,
    agentId: plan.agentId,
    requester,
    approver: decidedBy,
    planHash: plan.hash,
    oldFingerprint: plan.oldFingerprint,
    newFingerprint: null,
    keyIds: { old: null, new: null },
    learned: {},
    newSettings: {},
    oldSettings: {},
    oldKeySince: null,
    newKeySince: null,
    graceMinutes: approval.graceMinutes,
    revocation: null,
    offers: [],
    tidy: false,
    newCompanions: [],
    step: 'confirmed',
    history: [{ step: 'confirmed', at, note: null }],
    outcome: null,
    waiting: null,
    problem: null,
    sites: plan.sites.map((site) => ({ site, state: 'pending', problem: null })),
    notKept: [],
    findings: plan.findings,
    restartHosts: approval.restartHosts,
    restarts: [],
    watched: [],
    cooldown: null,
    unverified: null,
    startedAt: at,
    updatedAt: at,
  };
}
