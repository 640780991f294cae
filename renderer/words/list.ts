/** "Cursor, VS Code, and Gemini CLI" in the language's own way. */
export function listOf(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
}

/** The same with at most so many items: of a longer list the first, and how many more there are. */
export function shortListOf(
  items: readonly string[],
  most: number,
  language: string,
  more: (count: number) => string,
): string {
  if (items.length <= most) return listOf(items, language);
  const shown = items.slice(0, most - 1);
  return listOf([...shown, more(items.length - shown.length)], language);
}

export function capitalised(text: string, language: string): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}
