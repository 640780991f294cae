import fc from 'fast-check';

/** What stands in a generated document where a key stands: the text before and after it in the same string, as written. */
const blanks = fc
  .array(fc.constantFrom(' ', '\n', '\r\n', '\t', '// note, "quoted"\n', '/* { */', '//\r\n'), { maxLength: 2 })
  .map((parts) => parts.join(''));

const plainBlanks = fc.array(fc.constantFrom(' ', '\n', '\r\n', '\t'), { maxLength: 2 }).map((parts) => parts.join(''));

/** Text as JSON writes it, each character in one of its ways; never with a character of a token at its ends. */
const written = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\n',
        '\\"',
        '\\\\',
        '\\/',
        '\\t',
        '\\u0041',
        '\\u00e9',
        '\\ud83d\\udd11',
        '\\ud800',
        ' ',
        '\u00e9',
        '\u{1f511}',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => JSON.stringify(text).slice(1, -1)),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));

const name = fc.oneof(fc.constantFrom('env', 'headers', 'url', 'a', 'b', '__proto__', ''), fc.string({ maxLength: 5 }));

/**
 * Documents of a grammar: values with a key at random sites, as text that is not yet put together, so that each part can
 * be written in any way that JSON (or JSON with comments and trailing commas) knows.
 * @param site what to write for a string that holds the key.
 */
export function documents(site: fc.Arbitrary<string>, lenient: boolean): fc.Arbitrary<string> {
  const blank = lenient ? blanks : plainBlanks;
  const tail = lenient ? fc.constantFrom('', '', ',') : fc.constant('');

  const { value } = fc.letrec<{ value: string }>((tie) => {
    const text = written.map((inner) => `"${inner}"`);
    const scalar = fc.constantFrom('1', '-0', '1.50', '1e5', 'true', 'false', 'null', '12345678901234567890');
    const items = fc.array(fc.tuple(blank, tie('value'), blank), { maxLength: 3 });
    const list = fc
      .tuple(items, blank, tail)
      .map(([all, end, comma]) => `[${joined(all)}${all.length > 0 ? comma : ''}${end}]`);
    const members = fc.array(fc.tuple(blank, name, blank, blank, tie('value'), blank), { maxLength: 3 });
    const object = fc.tuple(members, blank, tail).map(([all, end, comma]) => {
      const parts = all.map(([a, key, b, c, inner, d]): [string, string, string] => [
        a,
        `${JSON.stringify(key)}${b}:${c}${inner}`,
        d,
      ]);
      return `{${joined(parts)}${parts.length > 0 ? comma : ''}${end}}`;
    });
    return {
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        text,
        scalar,
        site.map((inner) => `"${inner}"`),
        list,
        object,
      ),
    };
  });

  return fc
    .tuple(fc.constantFrom('', '\ufeff'), blank, value, value, value, blank)
    .map(
      ([bom, start, first, second, outside, end]) =>
        `${bom}${start}{"x":${outside},"mcpServers":{"one":${first},"two":{"env":{"A":${second}}}},"servers":{}}${end}`,
    );
}

function joined(parts: readonly [string, string, string][]): string {
  return parts.map((part) => part.join('')).join(',');
}

/** The pieces of text around a key in one string. */
export const around = fc.tuple(written, written).map(([before, after]) => [`${before} `, ` ${after}`] as const);
