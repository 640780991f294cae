import { describe, expect, it } from 'vitest';
import { newRecord } from '../../main/rotation/new-record.ts';
import type { PlannedSite } from '../../main/rotation/plan.schema.ts';
import type { Outcome, Rotation, Step } from '../../main/rotation/rotation.schema.ts';
import { filesLeft } from '../../renderer/rotation/files-left.ts';
import { isAtRest, needsPerson, progressOf } from '../../renderer/rotation/progress.ts';
import { approvalOf, planOf } from '../approvals/plan-double.ts';

const APPROVED = approvalOf(planOf({ target: { id: 'c0a8a7e2-0000-4000-8000-000000000002', name: 'work' } }));
const STEPS: readonly Step[] = ['confirmed', 'preflighted', 'requested', 'answered', 'staged', 'verified', 'promoted'];

function rotation(reached: Step, change: Partial<Rotation> = {}): Rotation {
  const steps = [...STEPS, 'patched' as const].slice(0, [...STEPS, 'patched'].indexOf(reached) + 1);
  return {
    ...newRecord(APPROVED, '2026-01-01T00:00:00Z'),
    step: reached,
    history: steps.map((step) => ({ step, at: '2026-01-01T00:00:00Z', note: null })),
    ...change,
  };
}

const ended = (reached: Step, outcome: Outcome) => rotation(reached, { step: 'ended', outcome });
const states = (one: Rotation) => progressOf(one).map(({ id, state }) => `${id} ${state}`);
const problem = { code: 'x', message: 'x', wayOut: 'x' };

describe('the progress of a rotation', () => {
  it('has one step under way, those before it done and those after it open', () => {
    expect(states(rotation('answered'))).toEqual([
      'check done',
      'ask done',
      'keep running',
      'verify open',
      'promote open',
      'write open',
      'look open',
    ]);
  });

  it('counts the request as under way until the answer lies on disk', () => {
    expect(states(rotation('requested')).slice(0, 3)).toEqual(['check done', 'ask running', 'keep open']);
  });

  it('waits where it waits', () => {
    const waiting = rotation('answered', { waiting: { on: 'keychain', problem } });
    expect(states(waiting)[2]).toBe('keep waiting');
  });

  it('is done to the last step when the rotation is, in whole or in part', () => {
    for (const outcome of ['done', 'done-in-part'] as const) {
      expect(new Set(progressOf(ended('patched', outcome)).map(({ state }) => state))).toEqual(new Set(['done']));
    }
  });

  it('says at which step it was stopped, and that the others were not done', () => {
    expect(states(ended('confirmed', 'stopped')).slice(0, 2)).toEqual(['check failed', 'ask left-out']);
  });

  it('never calls the request done when no new key came of it, even with an answer on disk', () => {
    for (const outcome of ['declined', 'unchanged', 'lost'] as const) {
      expect(states(ended('answered', outcome)).slice(0, 3)).toEqual(['check done', 'ask failed', 'keep left-out']);
    }
  });
});

describe('the progress of a rotation by hand', () => {
  it('has the person make the key in the place of a request, and revoke the old one', () => {
    const waiting = rotation('requested', { way: 'by-hand', waiting: { on: 'person', problem } });
    expect(states(waiting)).toEqual([
      'check done',
      'make waiting',
      'keep open',
      'verify open',
      'promote open',
      'write open',
      'look open',
      'revokeThere open',
    ]);
    const revocation = { by: 'person', state: 'due', at: null, problem: null } as const;
    expect(states({ ...ended('patched', 'done'), way: 'by-hand', revocation }).at(-1)).toBe('revokeThere waiting');
  });

  it('that was given up stopped where the key was to be made', () => {
    const givenUp = { ...ended('requested', 'given-up'), way: 'by-hand' as const };
    expect(states(givenUp).slice(0, 3)).toEqual(['check done', 'make failed', 'keep left-out']);
    expect(states(givenUp).at(-1)).toBe('revokeThere left-out');
  });
});

describe('the progress of an undo', () => {
  it('has neither a request nor an answer', () => {
    const undo = rotation('staged', { way: 'undo', strategy: 'overlap' });
    expect(states(undo)).toEqual([
      'check done',
      'fetch done',
      'verifyEarlier running',
      'promote open',
      'write open',
      'look open',
      'revoke open',
    ]);
  });
});

describe('the progress of an old key that lives on', () => {
  const overlap = (change: Partial<Rotation>) =>
    states({ ...ended('patched', 'done'), strategy: 'overlap', graceMinutes: 60, ...change }).slice(-2);
  const revocation = { by: 'rekey', state: 'due', at: '2026-01-01T01:00:00Z', problem: null } as const;

  it.each([
    ['due', ['grace waiting', 'revoke open']],
    ['held', ['grace done', 'revoke waiting']],
    ['revoked', ['grace done', 'revoke done']],
    ['undone', ['grace left-out', 'revoke left-out']],
  ] as const)('is %s', (state, expected) => {
    expect(overlap({ revocation: { ...revocation, state } })).toEqual(expected);
  });

  it('is still to come while the rotation runs, and is left out when that comes to nothing', () => {
    const running = rotation('staged', { strategy: 'overlap', graceMinutes: 60 });
    expect(states(running).slice(-2)).toEqual(['grace open', 'revoke open']);
    expect(overlap({ outcome: 'lost' })).toEqual(['grace left-out', 'revoke left-out']);
  });

  it('has no time of its own where it is revoked at once', () => {
    expect(overlap({ graceMinutes: 0, revocation })).toEqual(['look done', 'revoke waiting']);
  });

  it('is ended by the service where that counts the time', () => {
    const byService = { ...revocation, by: 'service' } as const;
    expect(overlap({ strategy: 'in-place', revocation: byService })).toEqual(['grace waiting', 'expire open']);
    const running = rotation('staged', { revocation: byService });
    expect(states(running).slice(-2)).toEqual(['grace open', 'expire open']);
  });

  it('is none where the service has ended it with the rotation', () => {
    expect(states(ended('patched', 'done')).at(-1)).toBe('look done');
  });
});

describe('the files in which the old key is left', () => {
  it('are those left to do and those that could not be looked into, each once', () => {
    const owner = { kind: 'host', id: 'x', name: 'X' } as const;
    const site = planned('/a');
    const sites = [
      { site, state: 'to-do' as const, problem },
      { site: planned('/a'), state: 'to-do' as const, problem },
      { site: planned('/b'), state: 'patched' as const, problem: null },
      { site: planned('/c'), state: 'skipped' as const, problem: null },
    ];
    const findings = [
      { kind: 'problem' as const, owner, file: '/d', problem },
      { kind: 'copy' as const, owner, file: '/e' },
    ];
    expect(filesLeft({ sites, findings })).toEqual(['/a', '/d']);
  });
});

function planned(file: string): PlannedSite {
  return {
    owner: { kind: 'host', id: 'x', name: 'X' },
    alsoReadBy: [],
    file,
    scope: 'user',
    server: null,
    place: 'env',
    form: 'plain',
    role: 'key',
    path: [],
    line: 1,
    before: '',
    after: '',
  };
}

describe('a rotation', () => {
  it('is at rest when it has ended or waits', () => {
    expect(isAtRest(rotation('staged'))).toBe(false);
    expect(isAtRest(rotation('staged', { waiting: { on: 'person', problem } }))).toBe(true);
    expect(isAtRest(ended('patched', 'done'))).toBe(true);
  });

  it('needs a person when it waits, when something is left to do and when the key is lost', () => {
    const needing = (['done', 'done-in-part', 'stopped', 'declined', 'unchanged', 'lost'] as const).filter((outcome) =>
      needsPerson(ended('patched', outcome)),
    );
    expect(needing).toEqual(['done-in-part', 'lost']);
    expect(needsPerson(rotation('staged', { waiting: { on: 'service', problem } }))).toBe(true);
  });

  it('needs a person when its old key could not be revoked, and not while that has time', () => {
    const revocation = { by: 'rekey', at: '2026-01-01T01:00:00Z', problem: null } as const;
    expect(needsPerson({ ...ended('patched', 'done'), revocation: { ...revocation, state: 'held' } })).toBe(true);
    expect(needsPerson({ ...ended('patched', 'done'), revocation: { ...revocation, state: 'due' } })).toBe(false);
  });
});
