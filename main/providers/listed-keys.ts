import { isSuccess, jsonBody, type Path, valueAt } from './answer.ts';
import type { HttpAnswer } from './http.ts';
import type { ListedKey, Subject } from './provider.ts';

/**
 * An id as a service gives it, as text; null when it can't stand in a path as it is.
 * @param keyPattern what is a key is no id: ids are kept and shown as they are.
 */
export function keyId(value: unknown, keyPattern?: RegExp): string | null {
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id !== 'string' || !/^[\w-]{1,200}$/.test(id)) return null;
  return keyPattern?.test(id) ? null : id;
}

/**
 * The keys in an answer, or null when it is no list. Null as well when one of them can't be read: it may be the very
 * key that is looked for.
 * @param path where the list stands.
 */
export function readKeys(
  answer: HttpAnswer,
  path: Path,
  read: (entry: unknown) => ListedKey | null,
): readonly ListedKey[] | null {
  const entries = isSuccess(answer) ? valueAt(jsonBody(answer), path) : null;
  if (!Array.isArray(entries)) return null;
  const keys = entries.map(read);
  return keys.every((key) => key !== null) ? keys : null;
}

/** An entry of which only the id and the name count. */
export function namedKey(entry: unknown, idField: string): ListedKey | null {
  const id = keyId(valueAt(entry, [idField]));
  const name = valueAt(entry, ['name']);
  return id === null ? null : { id, name: typeof name === 'string' ? name : '', settings: {}, masked: null };
}

export function idIfListed(listed: readonly ListedKey[], id: string | undefined): string | null {
  return listed.some((one) => one.id === id) ? (id ?? null) : null;
}

/** By its name, which more than one key can have at most services: then it tells nothing. */
export function idByName(listed: readonly ListedKey[], { settings }: Subject): string | null {
  return onlyId(listed.filter(({ name }) => name !== '' && name === settings.key_name));
}

/** Of the only key that there is. */
export function onlyId(listed: readonly ListedKey[]): string | null {
  const [first, ...others] = listed;
  return first && others.length === 0 ? first.id : null;
}

/**
 * Where a key tells nothing of its own id: by what Rekey knows of a key that it has made, by the name that the person
 * gave, or because there is no other key.
 *
 * A key that is named by another rotation of Rekey is a key as any other: on another machine it may be the one in use.
 */
export function idByWhatIsKnown(subject: Subject, listed: readonly ListedKey[]): string | null {
  return idIfListed(listed, subject.settings.key_id) ?? idByName(listed, subject) ?? onlyId(listed);
}
