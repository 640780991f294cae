/** What another program says of itself, short and on one line: it is shown to the person who confirms. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').slice(0, 60);
}
