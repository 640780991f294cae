import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import { joined } from '../../renderer/activity/joined.ts';

const at = (...positions: number[]): ActivityEntry[] =>
  positions.map((position) => ({
    at: '2026-01-02T03:04:05.000Z',
    position,
    kind: 'key-copied',
    credential: 'work',
    rotationId: null,
    who: 'page',
    detail: null,
  }));

describe('the newest entries, asked for again,', () => {
  it('go before those that are known', () => {
    expect(joined(at(50, 40, 30), at(40, 30, 20, 10), true)).toEqual(at(50, 40, 30, 20, 10));
  });

  it('meet those that are known at their very end', () => {
    expect(joined(at(60, 50, 40), at(40, 30, 20), true)).toEqual(at(60, 50, 40, 30, 20));
  });

  it('stand alone where something in between would be missing', () => {
    expect(joined(at(90, 80, 70), at(40, 30), true)).toEqual(at(90, 80, 70));
  });

  it('stand alone where the log is another one than before', () => {
    expect(joined(at(20, 10, 0), at(900, 800), true)).toEqual(at(20, 10, 0));
  });

  it('are all that there is where they fill no page', () => {
    expect(joined(at(20, 10), at(20, 10, 5), false)).toEqual(at(20, 10));
    expect(joined([], at(10), false)).toEqual([]);
  });
});
