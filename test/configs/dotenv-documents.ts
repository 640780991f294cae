import fc from 'fast-check';
import type { Part } from './parts.ts';
import { OLD } from './samples.ts';

/** Which readers a generated file is for: `all` of them, a shell among them, or those that read it line by line. */
export type Readers = 'all' | 'lines';

/** The variables of generated files. */
export const NAMES = ['A', 'B_2', 'ACME_API_KEY'];

const joined = (unit: fc.Arbitrary<string>, maxLength: number): fc.Arbitrary<string> =>
  fc.array(unit, { maxLength }).map((parts) => parts.join(''));

const safe = ['x', 'é', '1', '.', '=', '/', '%'];
const inQuotes = [...safe, ' ', '#', ' # ', '&', '*', '(', '|', '~', '!', '{}', '\n', 'A=1\n'];
const uncertain = ['$A ', '$', '\\a', '\\', '\\n'];

/** A value with the key in it, and what of its file stands to the left and right of it. */
function values(readers: Readers): fc.Arbitrary<Part> {
  const unsure = readers === 'lines' ? uncertain : [];
  const ways: [quote: string, units: readonly string[], edge: string][] = [
    ['', safe, '.'],
    ["'", [...inQuotes, '"', '`', ...unsure], ' '],
    ['"', [...inQuotes, "'", ...unsure, ...(readers === 'lines' ? ['`', '\\"'] : [])], ' '],
  ];
  if (readers === 'lines') ways.push(['', [...safe, ' ', '"', "'", '`', ...uncertain], '.'], ['`', inQuotes, ' ']);
  return fc.oneof(
    ...ways.map(([quote, units, edge]) =>
      fc
        .tuple(joined(fc.constantFrom(...units), 3), joined(fc.constantFrom(...units), 3), fc.boolean(), fc.boolean())
        .map(([before, behind, first, last]) => {
          // Two backslashes must not stand before a quote, nor one before the closing one; a plain value has no quote at its beginning.
          const open = first ? '' : `${quote ? '' : 'v'}${before}${edge}`;
          const close = last ? '' : `${edge}${behind}${edge}`.replace(/[ \\]+$/, '.');
          const escaped = (text: string): string => text.replace(/\\{2,}"/g, '\\"');
          return {
            isInTable: true,
            isLiteral: true,
            open: quote + escaped(open),
            key: OLD,
            close: escaped(close) + quote,
          };
        }),
    ),
  );
}

/** `.env` files with the key anywhere. */
export function dotenvDocuments(readers: Readers): fc.Arbitrary<readonly Part[]> {
  const isForAll = readers === 'all';
  const lineEnd = isForAll ? fc.constant('\n') : fc.constantFrom('\n', '\r\n');
  const gap = isForAll ? fc.constant('') : fc.constantFrom('', '', ' ', '\t');
  const assignment = fc
    .tuple(
      fc.constantFrom('', '', 'export ', '  ', '\texport  '),
      fc.constantFrom(...NAMES),
      gap,
      gap,
      values(readers),
      fc.constantFrom('', '', ' ', ' # c', `\t#${OLD}`, ` # '"`),
    )
    .map(([start, name, before, behind, value, end]): Part[] => [`${start}${name}${before}=${behind}`, value, end]);
  const others = ['', ' \t', '# c', `  #${OLD} "`, 'OTHER=1', "LAST='x y'", 'NONE='];
  const unread = ['[section]', `NO: ${OLD}`, `N=a#${OLD}`, `N="${OLD}"x`, `N=#${OLD}`, 'export', 'word', 'N = "#"'];
  const other = fc.constantFrom(...others, ...(isForAll ? [] : unread)).map((line): Part[] => [line]);
  return fc
    .tuple(
      fc.constantFrom('', isForAll ? '' : '\ufeff'),
      lineEnd,
      fc.array(fc.oneof(assignment, other), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
    )
    .map(([mark, end, lines, isEnded]) => [
      mark,
      ...lines.flatMap((line, index): Part[] => [index > 0 ? end : '', ...line]),
      isEnded ? end : '',
    ]);
}
