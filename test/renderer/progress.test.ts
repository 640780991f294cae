import { describe, expect, it } from 'vitest';
import { newRecord } from '../../main/rotation/new-record.ts';
import type { Outcome, Rotation, Step } from '../../main/rotation/rotation.schema.ts';
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
});
