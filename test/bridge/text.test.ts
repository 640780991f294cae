import { describe, expect, it } from 'vitest';
import { line, plain, table } from '../../bridge/text/line.ts';

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
