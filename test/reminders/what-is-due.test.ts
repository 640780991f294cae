import { describe, expect, it } from 'vitest';
import type { Credential } from '../../main/credentials/credential.schema.ts';
import { whatIsDue } from '../../main/reminders/what-is-due.ts';
import { newRecord } from '../../main/rotation/new-record.ts';
import type { Revocation, Rotation } from '../../main/rotation/rotation.schema.ts';
import { approvalOf, planOf } from '../approvals/plan-double.ts';

const NOW = new Date('2026-06-01T00:00:00.000Z');
const HOUR_MS = 60 * 60_000;
const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * HOUR_MS).toISOString();

function credential(name: string, createdAt: string, change: Partial<Credential> = {}): Credential {
  return {
    id: `id of ${name}`,
    name,
    provider: 'bitscale',
    baseUrl: 'https://api.bitscale.ai/api/v1',
    kind: null,
    settings: {},
    fingerprint: '0123456789ab',
    companions: [],
    createdAt,
    rotatedAt: null,
    verification: null,
    cooldown: null,
    ...change,
  };
}

function rotationOf(name: string, change: Partial<Rotation>): Rotation {
  const target = { id: `id of ${name}`, name };
  const record = newRecord(approvalOf(planOf({ target, credential: target })), hoursAgo(48));
  return { ...record, ...change };
}

/** A rotation that ended so many hours ago and has left the old key alive. */
function leaving(hours: number, revocation: Partial<Revocation>): Rotation {
  const at = hoursAgo(hours);
  return rotationOf('work', {
    step: 'ended',
    outcome: 'done',
    history: [{ step: 'ended', at, note: null }],
    revocation: { by: 'person', state: 'due', at: null, problem: null, ...revocation },
  });
}

const young = credential('work', hoursAgo(24));
const old = credential('wallet', hoursAgo(24 * 100));
const older = credential('logs', hoursAgo(24 * 200));

const due = (credentials: readonly Credential[], rotations: readonly Rotation[] = []) =>
  whatIsDue({ credentials, rotations, everyDays: 90, providerName: (id) => id.toUpperCase() }, NOW);

describe('what is due', () => {
  it('are the keys that are older than the person lets them become, the longest due first', () => {
    expect(due([young, old, older])).toEqual([
      {
        kind: 'rotation',
        credential: { id: 'id of logs', name: 'logs' },
        provider: { id: 'bitscale', name: 'BITSCALE' },
        age: 200,
        dueAt: hoursAgo(24 * 110),
        rotationId: null,
      },
      expect.objectContaining({ credential: { id: 'id of wallet', name: 'wallet' }, age: 100 }),
    ]);
  });

  it('is no key that is being rotated just now, whether it runs or waits', () => {
    const running = rotationOf('wallet', { step: 'requested' });
    expect(due([old, older], [running]).map(({ credential: { name } }) => name)).toEqual(['logs']);
    const ended = rotationOf('wallet', { step: 'ended', outcome: 'unchanged' });
    expect(due([old], [ended])).toHaveLength(1);
  });

  it('is an old key that the person was to revoke a day ago, with its rotation', () => {
    const rotation = leaving(25, {});
    expect(due([young], [rotation])).toEqual([
      {
        kind: 'old-key',
        credential: { id: 'id of work', name: 'work' },
        provider: { id: 'bitscale', name: 'BitScale' },
        age: 1,
        dueAt: hoursAgo(1),
        rotationId: rotation.id,
      },
    ]);
    expect(due([young], [leaving(23, {})])).toEqual([]);
  });

  it('is an old key that Rekey could not revoke', () => {
    const problem = { code: 'not-revoked', message: 'It stands in a file.', wayOut: 'See to it.' };
    expect(due([young], [leaving(50, { by: 'rekey', state: 'held', at: hoursAgo(49), problem })])).toMatchObject([
      { kind: 'old-key', dueAt: hoursAgo(25) },
    ]);
  });

  it.each<Partial<Revocation>>([
    { by: 'rekey', state: 'due', at: hoursAgo(30) },
    { by: 'service', state: 'due', at: hoursAgo(30) },
    { state: 'revoked' },
    { state: 'undone' },
  ])('is no old key of which the person has nothing to do: %j', (revocation) => {
    expect(due([young], [leaving(60, revocation)])).toEqual([]);
  });

  it('is nothing of a credential that was removed', () => {
    expect(due([], [leaving(60, {})])).toEqual([]);
  });
});
