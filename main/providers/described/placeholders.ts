/** A name in braces: `{key}`, `{setting.workspace}`. Other braces are text. */
const PLACEHOLDER = /\{([a-z_]+(?:\.\w+)?)\}/g;
const SETTING = 'setting.';

/** The names of the placeholders in a text. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, '');
}

/** The setting that a placeholder names, or null. */
export function settingOf(placeholder: string): string | null {
  return placeholder.startsWith(SETTING) ? placeholder.slice(SETTING.length) : null;
}

/** The text with each placeholder replaced, once: what is put in is not looked at again. */
export function fill(text: string, valueFor: (placeholder: string) => string): string {
  return text.replace(PLACEHOLDER, (_, name: string) => valueFor(name));
}

/** A JSON value with the placeholders in its texts replaced; names of fields are left as they are. */
export function fillJson(value: unknown, valueFor: (placeholder: string) => string): unknown {
  if (typeof value === 'string') return fill(value, valueFor);
  if (Array.isArray(value)) return value.map((one) => fillJson(one, valueFor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fillJson(one, valueFor)]));
}

/** Every text in a JSON value, with the way to it. */
export function textsIn(value: unknown, path: readonly PropertyKey[] = []): { path: PropertyKey[]; text: string }[] {
  if (typeof value === 'string') return [{ path: [...path], text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return entries.flatMap(([name, one]) => textsIn(one, [...path, name]));
}
