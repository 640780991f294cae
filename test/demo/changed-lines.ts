/** The lines that differ, before and after, of two files with as many lines. */
export function changedLines(before: Buffer, after: Buffer, show: (line: string) => string): string[] {
  const was = before.toString('utf8').split('\n');
  const is = after.toString('utf8').split('\n');
  return was.flatMap((line, index) => {
    const other = is[index] ?? '';
    return line === other ? [] : [`- ${show(line).trim()}`, `+ ${show(other).trim()}`];
  });
}
