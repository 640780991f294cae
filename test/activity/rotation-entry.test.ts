import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActivitySchema } from '../../main/activity/activity.schema.ts';
import { endedEntry, putBackEntry, revokedEntry } from '../../main/activity/rotation-entry.ts';
import { newRecord } from '../../main/rotation/new-record.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { AGENT, approvalOf, planOf } from '../approvals/plan-double.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

const STARTED = '2026-01-01T00:00:00.000Z';
const ENDED = '2026-01-01T00:00:09.000Z';
const problem = { code: 'file-not-writable', message: 'It is read-only.', wayOut: 'Make it writable.' };

/** As an agent asked for it and a person confirmed it in the page. */
function rotation(change: Partial<Rotation> = {}): Rotation {
  const record = newRecord({ ...approvalOf(planOf()), requester: AGENT }, STARTED);
  return {
    ...record,
    step: 'ended',
    outcome: 'done-in-part',
    newFingerprint: 'ba9876543210',
    history: [...record.history, { step: 'ended', at: ENDED, note: null }],
    updatedAt: '2026-01-03T00:00:00.000Z',
    ...change,
  };
}

describe('the entry of a rotation', () => {
  it('that has ended says who asked, who confirmed, when, and what became of each place', () => {
    const site = {
      owner: { kind: 'host', id: 'cursor', name: 'Cursor' },
      alsoReadBy: [],
      file: '/home/sam/.cursor/mcp.json',
      scope: 'user',
      server: 'bitscale',
      place: 'env',
      form: 'plain',
      role: 'key',
      path: ['mcpServers', 'bitscale', 'env', 'BITSCALE_API_KEY'],
      line: 6,
      before: '"BITSCALE_API_KEY": "sk-live-•••• (0123456789ab)"',
      after: '"BITSCALE_API_KEY": "sk-live-•••• (new)"',
    } as const;
    const ended = rotation({
      sites: [
        { site: { ...site, alsoReadBy: [], path: [...site.path] }, state: 'patched', problem: null },
        { site: { ...site, alsoReadBy: [], path: [...site.path], server: null, line: 9 }, state: 'to-do', problem },
      ],
      restarts: [{ id: 'cursor', name: 'Cursor', reload: 'restart-host', state: 'wanted', problem }],
      revocation: { by: 'person', state: 'due', at: null, problem },
    });
    const by = { via: 'agent', program: 'node', client: AGENT.client, approver: 'page' };
    expect(endedEntry(ended)).toEqual({
      kind: 'rotation-ended',
      credential: 'work',
      rotationId: ended.id,
      who: 'rekey',
      by,
      detail: 'done-in-part',
      rotation: {
        id: ended.id,
        requester: { via: 'agent', program: 'node', client: AGENT.client },
        approver: 'page',
        provider: 'bitscale',
        way: 'request',
        strategy: 'in-place',
        startedAt: STARTED,
        endedAt: ENDED,
        outcome: 'done-in-part',
        oldFingerprint: '0123456789ab',
        newFingerprint: 'ba9876543210',
        sites: [
          { owner: 'Cursor', file: site.file, server: 'bitscale', line: 6, state: 'patched', problem: null },
          { owner: 'Cursor', file: site.file, server: null, line: 9, state: 'to-do', problem: 'file-not-writable' },
        ],
        restarts: [{ host: 'Cursor', state: 'wanted', problem: 'file-not-writable' }],
        revocation: { by: 'person', state: 'due', at: null },
      },
    });
  });

  it('whose old key was revoked says who ended it, and repeats no place', () => {
    const revoked = rotation({ revocation: { by: 'service', state: 'revoked', at: ENDED, problem: null } });
    expect(revokedEntry(revoked)).toMatchObject({ kind: 'old-key-revoked', detail: 'service', by: { via: 'agent' } });
    expect(revokedEntry(revoked).rotation).toBeUndefined();
  });

  it('whose old key came back names the host', () => {
    expect(putBackEntry(rotation(), 'Cursor')).toMatchObject({ kind: 'key-put-back', detail: 'Cursor' });
  });

  it('is one that the log takes', () => {
    for (const entry of [endedEntry(rotation()), revokedEntry(rotation()), putBackEntry(rotation(), 'Cursor')]) {
      expect(ActivitySchema.parse({ at: ENDED, ...entry })).toEqual({ at: ENDED, ...entry });
    }
  });
});

describe('the activity of the whole', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let config: string;

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox();
    config = join(sandbox.home, '.claude.json');
    await writeFile(
      config,
      JSON.stringify({ mcpServers: { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } } }),
    );
    await sandbox.call('addCredential', {
      name: 'work',
      provider: 'bitscale',
      key: service.key,
      baseUrl: service.url,
    });
  });
  afterEach(async () => {
    await sandbox.dispose();
    await service.stop();
  });

  it('holds a rotation from its asking to its end, place by place, and no key', async () => {
    const old = service.key;
    const asked = await sandbox.call('requestRotation', { credential: 'work' }, 'agent');
    const { id } = await sandbox.approve(asked);
    // The end is told before it is noted.
    const entries = await vi.waitFor(async () => {
      const noted = await sandbox.call('listActivity', {});
      expect(noted).toHaveLength(4);
      return noted;
    });
    expect(entries.map(({ kind }) => kind)).toEqual([
      'rotation-ended',
      'rotation-approved',
      'rotation-asked',
      'credential-added',
    ]);
    const [ended, approved, requested] = entries;
    expect(requested?.by).toMatchObject({ via: 'agent', approver: null });
    expect(approved).toMatchObject({ who: 'page', by: { via: 'agent', approver: 'page' } });
    expect(ended).toMatchObject({
      detail: 'done',
      by: { via: 'agent', approver: 'page' },
      rotation: { id, outcome: 'done', sites: [{ owner: 'Claude Code', file: config, state: 'patched' }] },
    });
    expect(await sandbox.call('listActivity', { rotation: id })).toEqual([ended, approved]);
    const { csv } = await sandbox.call('exportActivity', {});
    expect(csv.split('\r\n')).toHaveLength(6);
    for (const key of [old, service.key]) expect(JSON.stringify(entries) + csv).not.toContain(key);
  });

  it('is told to whoever shows it with each entry, a refusal and a removal too', async () => {
    const told = () => sandbox.events.filter((event) => event.name === 'changed' && event.payload.topic === 'activity');
    const before = told().length;
    const { id } = await sandbox.call('requestRotation', { credential: 'work' });
    await sandbox.call('deny', { id });
    await sandbox.call('removeCredential', { credential: 'work' });
    expect(told().length - before).toBe(3);
    const [removed, denied] = await sandbox.call('listActivity', {});
    expect(removed).toMatchObject({ kind: 'credential-removed', by: { via: 'page', approver: null } });
    expect(denied).toMatchObject({ kind: 'rotation-denied', by: { via: 'page', approver: 'page' } });
  });

  it('can be read for a key by any spelling of its name, and still when it was removed', async () => {
    await sandbox.call('verifyCredential', { credential: 'work' });
    expect(await sandbox.call('listActivity', { credential: 'WORK' })).toHaveLength(2);
    await sandbox.call('removeCredential', { credential: 'work' });
    expect(await sandbox.call('listActivity', { credential: 'work' })).toHaveLength(3);
    expect(await sandbox.call('listActivity', { credential: 'nobody' })).toEqual([]);
    const { csv } = await sandbox.call('exportActivity', { credential: 'work' });
    expect(csv.split('\r\n')).toHaveLength(5);
  });

  it.each(['agent', 'confirmation-window'] as const)('is not given to the carrier %s', async (carrier) => {
    for (const call of ['listActivity', 'exportActivity'] as const) {
      await expect(sandbox.call(call, {}, carrier)).rejects.toMatchObject({ code: 'call-not-allowed' });
    }
  });
});
