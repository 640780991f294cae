import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { APPROVAL_WINDOW_MS, Approvals } from '../../main/approvals/approvals.ts';
import { ApprovalError } from '../../main/approvals/errors.ts';
import { AGENT, PAGE, planOf } from './plan-double.ts';

const host = { name: 'A host', running: true, reload: 'restart-host', rewritesFile: true, isDesktopApp: true } as const;
const HOSTS = [
  { ...host, id: 'app' },
  { ...host, id: 'calm-app', rewritesFile: false },
  { ...host, id: 'terminal', isDesktopApp: false },
  { ...host, id: 'ended-app', running: false },
  { ...host, id: 'unseen-app', running: null },
];

describe('what waits for a person', () => {
  let told: Approval[];
  let approvals: Approvals;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    approvals = new Approvals({ now: () => new Date(), onChange: (approval) => told.push(approval) });
  });
  afterEach(() => {
    approvals.close();
    vi.useRealTimers();
  });

  const states = (): string[] => told.map(({ state }) => state);

  it('is told at once, with who asked and until when it can be decided', () => {
    const { id, requester, createdAt, expiresAt } = approvals.ask(planOf(), AGENT);
    expect(told).toMatchObject([{ id, state: 'waiting' }]);
    expect(requester).toEqual(AGENT);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(120_000);
  });

  it('is approved once, and by nothing a second time', () => {
    const { id } = approvals.ask(planOf(), AGENT);
    expect(approvals.approve(id, 'plan-1', 'page', { giveKeyToClient: true })).toMatchObject({
      state: 'approved',
      decidedBy: 'page',
      giveKeyToClient: true,
    });
    for (const again of [
      () => approvals.approve(id, 'plan-1', 'page', { giveKeyToClient: true }),
      () => approvals.deny(id, 'page'),
      () => approvals.withdraw(id),
    ]) {
      expect(again).toThrow(expect.objectContaining({ code: 'approval-decided' }));
    }
    expect(states()).toEqual(['waiting', 'approved']);
  });

  it('is not approved by a confirmation of another plan, and waits on', () => {
    const { id } = approvals.ask(planOf(), AGENT);
    expect(() => approvals.approve(id, 'plan-2', 'page')).toThrow(
      expect.objectContaining({ code: 'approval-plan-changed' }),
    );
    expect(approvals.get(id).state).toBe('waiting');
  });

  it('keeps which apps may be restarted, each once', () => {
    const { id } = approvals.ask(planOf({ hosts: HOSTS }), AGENT);
    expect(approvals.get(id).restartHosts).toEqual([]);
    const restartHosts = ['app', 'app', 'calm-app'];
    expect(approvals.approve(id, 'plan-1', 'page', { restartHosts })).toMatchObject({
      giveKeyToClient: false,
      restartHosts: ['app', 'calm-app'],
    });
  });

  it.each(['no-such-host', 'terminal', 'ended-app', 'unseen-app', ''])(
    'is not approved with a restart of “%s”, and waits on',
    (host) => {
      const { id } = approvals.ask(planOf({ hosts: HOSTS }), AGENT);
      expect(() => approvals.approve(id, 'plan-1', 'page', { restartHosts: ['app', host] })).toThrow(
        expect.objectContaining({ code: 'approval-restart-refused' }),
      );
      expect(approvals.get(id)).toMatchObject({ state: 'waiting', restartHosts: [] });
    },
  );

  it('expires after two minutes, and can’t be approved from then on', () => {
    const { id } = approvals.ask(planOf(), AGENT);
    vi.advanceTimersByTime(APPROVAL_WINDOW_MS - 1);
    expect(approvals.get(id).state).toBe('waiting');
    vi.advanceTimersByTime(1);
    expect(approvals.get(id).state).toBe('expired');
    expect(() => approvals.approve(id, 'plan-1', 'page')).toThrow(ApprovalError);
  });

  it('expires by the clock even when the timer has slept with the machine', () => {
    const { id } = approvals.ask(planOf(), AGENT);
    vi.setSystemTime(Date.now() + APPROVAL_WINDOW_MS);
    expect(() => approvals.approve(id, 'plan-1', 'page')).toThrow(
      expect.objectContaining({ code: 'approval-decided' }),
    );
    expect(approvals.get(id).state).toBe('expired');
  });

  it('waits once per key: a second agent is refused', () => {
    approvals.ask(planOf(), AGENT);
    expect(() => approvals.ask(planOf(), AGENT)).toThrow(expect.objectContaining({ code: 'approval-already-waiting' }));
  });

  it('gives way to the person: their own request takes the place of an agent’s', () => {
    const agents = approvals.ask(planOf(), AGENT);
    const persons = approvals.ask(planOf(), PAGE);
    expect(approvals.get(agents.id)).toMatchObject({ state: 'withdrawn', problem: { code: 'approval-replaced' } });
    expect(approvals.get(persons.id).state).toBe('waiting');
  });

  it('has failed when its rotation could not begin, with the reason, and another one can be asked for', () => {
    const { id } = approvals.ask(planOf(), PAGE);
    approvals.approve(id, 'plan-1', 'page');
    const problem = { code: 'rotation-running', message: 'Another one runs.', wayOut: 'Wait.' };
    expect(approvals.fail(id, problem)).toMatchObject({ state: 'failed', problem, decidedBy: 'page' });
    expect(() => approvals.approve(id, 'plan-1', 'page')).toThrow(
      expect.objectContaining({ code: 'approval-decided' }),
    );
    expect(approvals.ask(planOf(), PAGE).state).toBe('waiting');
  });

  it('lets different agents’ keys of one operator wait side by side', () => {
    approvals.ask(planOf({ agentId: '1' }), AGENT);
    expect(() => approvals.ask(planOf({ agentId: '2' }), AGENT)).not.toThrow();
  });

  it('is denied or withdrawn without anything having changed', () => {
    const one = approvals.ask(planOf(), AGENT);
    expect(approvals.deny(one.id, 'page')).toMatchObject({ state: 'denied', decidedBy: 'page' });
    const two = approvals.ask(planOf(), AGENT);
    expect(approvals.withdraw(two.id).state).toBe('withdrawn');
  });

  it('is withdrawn when the app ends', () => {
    const { id } = approvals.ask(planOf(), AGENT);
    approvals.close();
    expect(approvals.get(id).state).toBe('withdrawn');
  });

  it('is unknown under a wrong id', () => {
    expect(() => approvals.get('nope')).toThrow(expect.objectContaining({ code: 'approval-unknown' }));
  });

  it('forgets the oldest decided ones, and never one that waits', () => {
    const first = approvals.ask(planOf(), AGENT);
    for (let agent = 0; agent < 250; agent++)
      approvals.deny(approvals.ask(planOf({ agentId: String(agent) }), AGENT).id, null);
    expect(approvals.list().length).toBeLessThanOrEqual(201);
    expect(approvals.get(first.id).state).toBe('waiting');
  });
});
