import { createHash } from 'node:crypto';
import type { Consequence } from '../providers/provider.schema.ts';
import { hostsOf, type Plan } from './plan.schema.ts';
import type { Surveyed } from './survey.ts';

/** All that a plan is made from. */
export interface PlanFacts {
  readonly credential: Plan['credential'];
  readonly target: Plan['target'];
  readonly provider: Plan['provider'];
  readonly strategy: Plan['strategy'];
  readonly way: Plan['way'];
  readonly undoes: Plan['undoes'];
  readonly grace: Plan['grace'];
  readonly baseUrl: string;
  readonly agentId: string | null;
  readonly oldFingerprint: string | null;
  readonly consequences: readonly Consequence[];
  readonly surveyed: Surveyed;
  readonly hosts: ReadonlyMap<string, Plan['hosts'][number]>;
}

/** What the rotation would do, for the confirmation, for the agent and for the rotation itself. Pure. */
export function makePlan(facts: PlanFacts): Plan {
  const { surveyed, hosts, consequences, ...rest } = facts;
  const owners = new Set(surveyed.sites.map(({ owner }) => owner.id));
  const readers = new Set(surveyed.sites.flatMap(hostsOf).map(({ id }) => id));
  const plan = {
    ...rest,
    consequences: [...consequences],
    sites: [...surveyed.sites],
    findings: [...surveyed.findings],
    // Of the hosts that only read a file along with its owner, those count that run.
    hosts: [...readers]
      .flatMap((id) => hosts.get(id) ?? [])
      .filter(({ id, running }) => owners.has(id) || running === true),
  };
  return { hash: planHash(plan), ...plan };
}

/**
 * SHA-256 over what a person agrees to: whose key, at which service, with what consequences, in which places.
 *
 * Line numbers, neighbouring text and running programs are left out: hosts rewrite their files all the time, and a
 * plan doesn't become another one because a counter above the key got a digit longer.
 */
function planHash(plan: Omit<Plan, 'hash'>): string {
  const sites = plan.sites.map(({ file, path, role, form }) => JSON.stringify([file, path, role, form])).sort();
  const problems = plan.findings
    .flatMap((finding) => (finding.kind === 'problem' ? [`${finding.file} ${finding.problem.code}`] : []))
    .sort();
  const agreed = [
    plan.credential.id,
    plan.target.id,
    plan.provider.id,
    plan.strategy,
    plan.way,
    plan.undoes,
    plan.baseUrl,
    plan.agentId,
    plan.oldFingerprint,
    plan.consequences,
    sites,
    problems,
  ];
  return createHash('sha256').update(JSON.stringify(agreed)).digest('hex');
}
