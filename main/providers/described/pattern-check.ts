import {
  type Characters,
  type Choice,
  isChoice,
  type Part,
  PatternRefused,
  patternTree,
  type Sequence,
} from './pattern-tree.ts';

const LONGEST_PATTERN = 200;
/** Anything shorter is a word or a number: it would be found, and covered, everywhere. */
const SHORTEST_KEY = 8;
/** What the keychain takes. */
const LONGEST_KEY = 2_000;
/** Ways through a pattern that are tried one after the other, at most. */
const MOST_WAYS = 64;

/**
 * The pattern of a whole key, anchored at both ends.
 *
 * A described pattern runs over whatever a service answers, so it must not be able to hang: only such are taken in which
 * every repetition ends where something begins that it can't match itself. An open end (`+`) is for the last part.
 * @throws {PatternRefused} a clause that tells what is wrong, and quotes nothing.
 */
export function keyPatternOf(text: string): RegExp {
  if (text.length > LONGEST_PATTERN) throw new PatternRefused(`is longer than ${LONGEST_PATTERN} characters`);
  const source = text.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const tree = patternTree(source);
  check(tree, new Set(), true);
  if (waysOf(tree) > MOST_WAYS) throw new PatternRefused('has too many alternatives: it could hang');
  if (shortest(tree) < SHORTEST_KEY) throw new PatternRefused(`must ask for at least ${SHORTEST_KEY} characters`);
  if (longest(tree) > LONGEST_KEY) throw new PatternRefused(`asks for more than ${LONGEST_KEY} characters`);
  return new RegExp(`^(?:${source})$`);
}

/** What is wrong with a pattern, or null. */
export function patternProblem(text: string): string | null {
  try {
    keyPatternOf(text);
    return null;
  } catch (error) {
    if (error instanceof PatternRefused) return error.message;
    throw error;
  }
}

/** @param follow what can come right behind. @param isLast whether nothing has to. */
function check({ of }: Choice, follow: Characters, isLast: boolean): void {
  for (const sequence of of) {
    sequence.forEach((part, index) => {
      const rest = sequence.slice(index + 1);
      const next = isEmptyable(rest) ? union(beginnings(rest), follow) : beginnings(rest);
      checkPart(part, next, isLast && rest.length === 0);
    });
  }
}

function checkPart(part: Part, next: Characters, isLast: boolean): void {
  const { is, min, max } = part;
  const first = beginnings([part]);
  if (max === Number.POSITIVE_INFINITY && !isLast) {
    throw new PatternRefused('repeats without an end before its end: say the most, such as {1,200}');
  }
  if (min < max && max > 1 && [...first].some((one) => next.has(one))) {
    throw new PatternRefused('repeats something that can also be what follows it: it could hang');
  }
  if (isChoice(is)) check(is, max > 1 ? union(first, next) : next, isLast && max === 1);
}

/** What a sequence can begin with. */
function beginnings(sequence: Sequence): Characters {
  const [part, ...rest] = sequence;
  if (!part) return new Set();
  const own = isChoice(part.is) ? part.is.of.map(beginnings).reduce(union, new Set()) : part.is;
  return isEmptyable([part]) ? union(own, beginnings(rest)) : own;
}

function isEmptyable(sequence: Sequence): boolean {
  return sequence.every(({ is, min }) => min === 0 || (isChoice(is) && is.of.some(isEmptyable)));
}

/** Ways through it, an optional part having two. */
function waysOf({ of }: Choice): number {
  return of
    .map((sequence) => sequence.map(waysOfPart).reduce((all, one) => all * one, 1))
    .reduce((all, one) => all + one, 0);
}

function waysOfPart({ is, min, max }: Part): number {
  const own = isChoice(is) ? waysOf(is) : 1;
  const repeated = own === 1 ? 1 : own ** max;
  return min === 0 && max === 1 ? repeated + 1 : repeated;
}

function shortest({ of }: Choice): number {
  const lengths = of.map((sequence) =>
    sequence.reduce((sum, { is, min }) => sum + min * (isChoice(is) ? shortest(is) : 1), 0),
  );
  return Math.min(...lengths);
}

/** An open end counts as its least. */
function longest({ of }: Choice): number {
  const lengths = of.map((sequence) =>
    sequence.reduce(
      (sum, { is, min, max }) => sum + (Number.isFinite(max) ? max : min) * (isChoice(is) ? longest(is) : 1),
      0,
    ),
  );
  return Math.max(...lengths);
}

function union(one: Characters, other: Characters): Characters {
  return new Set([...one, ...other]);
}
