import { describe, expect, it } from 'vitest';
import { chooseVersion } from '../../main/backups/choose-version.ts';

const VERSIONS = [
  '2026-11-20T18:30:15.500Z',
  '2026-11-20T18:30:15.400Z',
  '2026-11-20T08:00:00.000Z',
  '2026-11-18T23:59:59.999Z',
].map((at) => ({ at }));
const [NEWEST, SAME_SECOND, MORNING, OLDEST] = VERSIONS;

function chosen(at?: string) {
  return chooseVersion('/f', VERSIONS, at);
}

describe('a time', () => {
  it.each([
    ['left out', undefined, NEWEST],
    ['as listed', SAME_SECOND?.at, SAME_SECOND],
    ['as listed, the oldest', OLDEST?.at, OLDEST],
    ['a second, with both in it', '2026-11-20T18:30:15Z', NEWEST],
    ['a second without zone', '2026-11-20T18:30:15', NEWEST],
    ['a tenth of a second', '2026-11-20T18:30:15.4', SAME_SECOND],
    ['a minute', '2026-11-20T18:30', NEWEST],
    ['a minute before', '2026-11-20T18:29', MORNING],
    ['an hour', '2026-11-20T08', MORNING],
    ['a day', '2026-11-20', NEWEST],
    ['a day without any: the last before it', '2026-11-19', OLDEST],
    ['a day in the future', '2027-01-01', NEWEST],
    ['a year', '2026', NEWEST],
    ['a moment in another zone', '2026-11-20T09:00:00+01:00', MORNING],
    ['a millisecond before it, in another zone', '2026-11-20T08:59:59.999+01:00', OLDEST],
  ])('that is %s takes the newest version not after it', (_, at, expected) => {
    expect(chosen(at)).toBe(expected);
  });

  it('before all versions is refused, with those that there are', () => {
    expect(() => chosen('2026-11-17')).toThrow(
      expect.objectContaining({
        code: 'backup-none-at',
        message: expect.stringMatching(/\/f .*2026-11-17.*Nothing was changed\./),
        wayOut: expect.stringContaining(VERSIONS.map(({ at }) => at).join(', ')),
      }),
    );
  });

  it.each(['', 'now', '20', '2026-13', '2026-11-40', '2026-11-20T25', '20/11/2026', '2026-11-20 18:30', '1e3', '-1'])(
    'that is no time is refused, and never the newest one taken instead: “%s”',
    (at) => {
      expect(() => chosen(at)).toThrow(expect.objectContaining({ code: 'backup-time-unclear' }));
    },
  );

  it('of a file without versions is told as that', () => {
    expect(() => chooseVersion('/f', [], undefined)).toThrow(expect.objectContaining({ code: 'backup-none' }));
  });
});
