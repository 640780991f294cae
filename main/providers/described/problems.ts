import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { z } from 'zod';
import type { ServiceProblem } from './service.schema.ts';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};
const UNITS: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

/** Plain words for what is wrong with a value; the schema's own words, where it has some, come first. Quotes nothing. */
export function wordsOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `must be ${oneOf(issue.values)}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be ${oneOf(issue.options)}` : 'is not as it must be';
    case 'unrecognized_keys':
      return 'there is no such field';
    case 'too_small':
      return `must ${issue.origin in UNITS ? 'have' : 'be'} at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must ${issue.origin in UNITS ? 'have' : 'be'} at most ${amount(issue.maximum, issue.origin)}`;
    default:
      return 'is not as it must be';
  }
}

function amount(number: number | bigint, origin: string): string {
  const [one, more] = UNITS[origin] ?? [];
  const unit = Number(number) === 1 ? one : more;
  return unit ? `${number} ${unit}` : String(number);
}

function oneOf(values: readonly unknown[]): string {
  const named = values.map((value) => JSON.stringify(value));
  return named.length === 1 ? (named[0] ?? '') : `one of ${named.join(', ')}`;
}

/** What a schema complains of, each with the line where it stands. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  lineOf: (path: readonly PropertyKey[]) => number,
): ServiceProblem[] {
  const all = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }))
      : [{ path: [...issue.path], message: messageOf(issue) }],
  );
  return all
    .map(({ path, message }) => ({ line: lineOf(path), field: fieldName(path), message }))
    .sort((one, other) => one.line - other.line);
}

/** What is wrong with the name of a field is told by the schema of names, inside of the issue. */
function messageOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}

/** Where a field begins, with its name; where it is missing, what it is missing in. */
export function offsetOf(root: Node, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const segments = path.slice(0, length).map((one) => (typeof one === 'number' ? one : String(one)));
    const node = findNodeAtLocation(root, segments);
    if (node) return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return root.offset;
}

/** `settings[0].name`. A name that may be no name but something pasted is not repeated. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, one) => {
    if (typeof one === 'number') return `${name}[${one}]`;
    const shown = /^[A-Za-z][A-Za-z_-]{0,29}$/.test(String(one)) ? String(one) : '…';
    return name === '' ? shown : `${name}.${shown}`;
  }, '');
}
