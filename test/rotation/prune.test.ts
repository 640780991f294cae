import { describe, expect, it } from 'vitest';
import { newRecord } from '../../main/rotation/new-record.ts';
import { outdated } from '../../main/rotation/prune.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { approvalOf, planOf } from '../approvals/plan-double.ts';

const ended = (key: string, id: number, change: Partial<Rotation> = {}): Rotation => ({
  ...newRecord(approvalOf(planOf({ target: { id: key, name: key } })), '2026-01-01T00:00:00Z'),
  id: `${key}-${id}`,
  step: 'ended',
  outcome: 'done',
  tidy: true,
  ...change,
});
const rotations = (key: string, count: number): Rotation[] =>
  Array.from({ length: count }, (_, index) => ended(key, count - index));

describe('the rotations that are forgotten', () => {
  it('are those beyond the newest ten of each key', () => {
    expect(outdated(rotations('a', 10))).toEqual([]);
    expect(outdated([...rotations('a', 12), ...rotations('b', 11)])).toEqual(['a-2', 'a-1', 'b-1']);
  });

  it('are none with which something is still to be done', () => {
    const due = { by: 'rekey', state: 'due', at: null, problem: null } as const;
    const old = [
      ended('a', 0, { revocation: due }),
      ended('a', 0, { revocation: { ...due, state: 'held' } }),
      ended('a', 0, { watched: [{ id: 'h', name: 'H', processes: [] }] }),
      ended('a', 0, { step: 'requested', outcome: null }),
      ended('a', 0, { tidy: false }),
    ];
    expect(outdated([...rotations('a', 10), ...old])).toEqual([]);
    expect(outdated([...rotations('a', 10), ended('a', 0, { revocation: { ...due, state: 'revoked' } })])).toEqual([
      'a-0',
    ]);
  });
});
