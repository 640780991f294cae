import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type ServiceDescription, ServiceDescriptionSchema } from './description.ts';
import { fieldName, offsetOf, problemsOf, wordsOf } from './problems.ts';
import type { ServiceProblem } from './service.schema.ts';

/** Longest description, in characters. */
export const LONGEST_DESCRIPTION = 65_536;
const DEEPEST = 24;

export type ParsedDescription =
  | { readonly description: ServiceDescription; readonly problems: readonly []; readonly lineOf: LineOf }
  | { readonly description: null; readonly problems: readonly ServiceProblem[]; readonly lineOf: null };

/** The line of a field, from 1. */
type LineOf = (path: readonly PropertyKey[]) => number;

/**
 * Reads a description from its file's text: strict JSON. Never throws; nothing of what stands in it is quoted in a problem,
 * since somebody may have put a key there.
 */
export function parseDescription(given: string): ParsedDescription {
  const text = given.replace(/^\ufeff/, '');
  if (text.length > LONGEST_DESCRIPTION) return refused([{ line: 1, field: '', message: 'it is too long' }]);
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const tooDeep = depthBreach(text);
  if (tooDeep !== null) return refused([{ line: lineAt(tooDeep), field: '', message: 'it is nested too deep' }]);

  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  // Whatever comes after it follows from it.
  if (first) return refused([{ line: lineAt(first.offset), field: '', message: syntaxWords(first) }]);
  if (!root) return refused([{ line: 1, field: '', message: 'it is empty' }]);
  const odd = oddNames(root, []);
  if (odd.length > 0) return refused(odd.map(({ offset, ...problem }) => ({ ...problem, line: lineAt(offset) })));

  const parsed = ServiceDescriptionSchema.safeParse(JSON.parse(text), { error: wordsOf });
  const lineOf: LineOf = (path) => lineAt(offsetOf(root, path));
  if (parsed.success) return { description: parsed.data, problems: [], lineOf };
  return refused(problemsOf(parsed.error.issues, lineOf));
}

function refused(problems: readonly ServiceProblem[]): ParsedDescription {
  return { description: null, problems, lineOf: null };
}

/** Where the text goes deeper than a description ever does, or null: the parser calls itself for each level. */
function depthBreach(text: string): number | null {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:\\.|[^"\\])*"?|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++;
    if (token === '}' || token === ']') depth--;
    if (depth > DEEPEST) return index;
  }
  return null;
}

/** Names that stand twice in one object, of which one would be lost, and the one that is no field in JavaScript. */
function oddNames(node: Node, path: readonly PropertyKey[]): (Omit<ServiceProblem, 'line'> & { offset: number })[] {
  const children = node.children ?? [];
  if (node.type === 'array') return children.flatMap((child, index) => oddNames(child, [...path, index]));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return children.flatMap(({ children: [name, value] = [], offset }) => {
    const within = [...path, String(name?.value)];
    const message = seen.has(String(name?.value)) ? 'stands here twice' : 'is not a name that can be used';
    const isOdd = seen.has(String(name?.value)) || name?.value === '__proto__';
    seen.add(String(name?.value));
    return [
      ...(isOdd ? [{ field: fieldName(within), message, offset }] : []),
      ...(value ? oddNames(value, within) : []),
    ];
  });
}

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidSymbol: 'something stands here that is not JSON: texts need double quotes',
  InvalidNumberFormat: 'a number is not written as JSON has it',
  PropertyNameExpected: 'the name of a field is expected here, in double quotes; or there is a comma too many',
  ValueExpected: 'a value is expected here; or there is a comma too many',
  ColonExpected: 'a colon is expected here',
  CommaExpected: 'a comma is expected here',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  EndOfFileExpected: 'more stands here than one JSON document',
  InvalidCommentToken: 'a comment can’t stand in JSON',
  UnexpectedEndOfComment: 'a comment can’t stand in JSON',
  UnexpectedEndOfString: 'a text has no double quote at its end',
  InvalidUnicode: 'a \\u in a text needs four hexadecimal digits',
  InvalidEscapeCharacter: 'a \\ in a text stands before a sign that it can’t stand before; a \\ itself is written \\\\',
  InvalidCharacter: 'a text holds a line break or another control character',
};

function syntaxWords({ error }: ParseError): string {
  return SYNTAX[printParseErrorCode(error)] ?? 'this is not JSON';
}
