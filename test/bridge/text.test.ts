import { describe, expect, it } from 'vitest';
import { line, plain, table } from '../../bridge/text/line.ts';
import { endOfLocalTime, localTime } from '../../bridge/text/local-time.ts';
import { sizeText } from '../../bridge/text/size.ts';

describe('text of others', () => {
  it.each([
    ['an escape sequence', '\u001b[2Jwiped', '\\u001b[2Jwiped'],
    ['a second line', 'one\ntwo\r', 'one\\u000atwo\\u000d'],
    ['an eight-bit control', '\u009b31m', '\\u009b31m'],
    ['a turned direction', 'safe\u202egnp.exe', 'safe\\u202egnp.exe'],
    ['nothing to hide', 'Zoë 办公室 “work” ••••', 'Zoë 办公室 “work” ••••'],
  ])('with %s is shown harmlessly', (_, text, shown) => {
    expect(plain(text)).toBe(shown);
    expect(line`<${text}>`).toBe(`<${shown}>`);
    expect(table([[text, 'x']])).toBe(`${shown}  x`);
  });

  it('stands in columns, wide characters counted as two cells', () => {
    expect(
      table(
        [
          ['a', '1'],
          ['办公', '2'],
          ['abc', ''],
        ],
        ' ',
      ),
    ).toBe(' a     1\n 办公  2\n abc');
  });
});

describe('a local time', () => {
  it('is read back as the very moment that it was', () => {
    for (const at of ['2026-11-20T18:30:15.500Z', '2026-01-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'])
      expect(endOfLocalTime(localTime(at))?.toISOString()).toBe(at);
  });

  it.each([
    ['2026', '2026-12-31 23:59:59.999'],
    ['2026-02', '2026-02-28 23:59:59.999'],
    ['2026-11-20', '2026-11-20 23:59:59.999'],
    ['2026-11-20 18', '2026-11-20 18:59:59.999'],
    ['2026-11-20T18:30', '2026-11-20 18:30:59.999'],
    ['2026-11-20 18:30:15', '2026-11-20 18:30:15.999'],
  ])('%s stands for its last moment', (text, end) => {
    expect(localTime(endOfLocalTime(text) ?? '')).toBe(end);
  });

  it.each(['2026-13', '2026-02-30', '2026-11-20 24:00', '2026-11-20T18:30Z', '20', 'now', '', ' 2026'])(
    'is none of these: “%s”',
    (text) => {
      expect(endOfLocalTime(text)).toBeNull();
    },
  );
});

describe('a size', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1.0 KB'],
    [52_428_800, '52.4 MB'],
    [3e12, '3000.0 GB'],
  ])('of %i bytes is %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
