import { describe, expect, it } from 'vitest';
import type { Reminder, RemindersFile } from '../../main/reminders/reminder.schema.ts';
import { putOff, REST_MS, telling } from '../../main/reminders/telling.ts';

const NOTHING: RemindersFile = { version: 1, told: [], snoozed: [] };
const START = Date.parse('2026-06-01T00:00:00.000Z');
const DAY_MS = 24 * 60 * 60_000;
const day = (count: number): Date => new Date(START + count * DAY_MS);

function due(name: string, change: Partial<Reminder> = {}): Reminder {
  return {
    kind: 'rotation',
    credential: { id: `id of ${name}`, name },
    provider: { id: 'bitscale', name: 'BitScale' },
    age: 90,
    dueAt: day(0).toISOString(),
    rotationId: null,
    ...change,
  };
}

const work = due('work');
const wallet = due('wallet');
const oldKey = due('work', { kind: 'old-key', rotationId: 'r1' });

/** What is told on each of these days, the memory carried from one to the next. */
function toldOn(days: readonly number[], what: readonly Reminder[], file = NOTHING): boolean[] {
  let memory = file;
  return days.map((count) => {
    const { tell, file: after } = telling(what, memory, day(count));
    memory = after;
    return tell.length > 0;
  });
}

describe('a reminder', () => {
  it('is told once, and again a week after while it is still due', () => {
    expect(toldOn([0, 0.01, 1, 6.99, 7, 8, 13.9, 14], [work])).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
  });

  it('is told of each key and each old key by itself', () => {
    const first = telling([work], NOTHING, day(0));
    expect(telling([work, wallet, oldKey], first.file, day(1)).tell).toEqual([wallet, oldKey]);
  });

  it('is told anew when the key has become due anew', () => {
    const first = telling([work], NOTHING, day(0));
    const again = { ...work, dueAt: day(1).toISOString() };
    expect(telling([again], first.file, day(1)).tell).toEqual([again]);
  });

  it('is not told anew when it was not due for a moment, as while a rotation is tried', () => {
    const first = telling([work], NOTHING, day(0));
    const meanwhile = telling([], first.file, day(0.1));
    expect(telling([work], meanwhile.file, day(0.2)).tell).toEqual([]);
  });

  it('leaves nothing behind in the file a week after it was due', () => {
    const first = telling([work], NOTHING, day(0));
    expect(telling([], putOff(first.file, work.credential.id, day(0)), day(7)).file).toEqual(NOTHING);
  });

  it('put off is told a week after that, and not before', () => {
    const told = telling([work], NOTHING, day(0));
    const file = putOff(told.file, work.credential.id, day(5));
    expect(toldOn([5, 7, 11.9, 12, 13], [work], file)).toEqual([false, false, false, true, false]);
  });

  it('put off is so with all that is due of the key, and with no other key', () => {
    const file = putOff(NOTHING, work.credential.id, day(0));
    expect(telling([work, oldKey, wallet], file, day(1)).tell).toEqual([wallet]);
  });

  it('put off twice rests from the second time on', () => {
    const file = putOff(putOff(NOTHING, work.credential.id, day(0)), work.credential.id, day(3));
    expect(file.snoozed).toHaveLength(1);
    expect(toldOn([7, 9.9, 10], [work], file)).toEqual([false, false, true]);
  });

  it('told by a clock that was a year ahead is told again within a week of the true time', () => {
    const ahead = telling([work], NOTHING, day(365));
    expect(toldOn([0, 1, 6.9, 7], [work], ahead.file)).toEqual([false, false, false, true]);
    const putOffThen = putOff(NOTHING, work.credential.id, day(365));
    expect(toldOn([0, 6.9, 7], [work], putOffThen)).toEqual([false, false, true]);
  });

  it('rests a week', () => {
    expect(REST_MS).toBe(7 * DAY_MS);
  });
});
