/** Characters that move the cursor, colour, hide or turn round what stands beside them. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text of others (names, paths, lines of configs) made safe to show at a terminal: a person decides by what stands there.
 */
export function plain(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** One line of output: what is put into it is made {@link plain}. */
export function line(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.reduce((sum, part, index) => `${sum}${plain(String(values[index - 1]))}${part}`);
}

/** A wide character (Chinese, Japanese, Korean, fullwidth) takes two cells. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

function width(text: string): number {
  return [...text].length + (text.match(WIDE)?.length ?? 0);
}

/** Rows of cells in aligned columns, two spaces apart; cells are made {@link plain}. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const cells = rows.map((row) => row.map(plain));
  const widths = cells.reduce<number[]>(
    (sum, row) => row.map((cell, column) => Math.max(sum[column] ?? 0, width(cell))),
    [],
  );
  return cells
    .map((row) => {
      const padded = row.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell))));
      return `${indent}${padded.join('  ')}`.trimEnd();
    })
    .join('\n');
}
