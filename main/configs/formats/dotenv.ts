import { type DotenvParseOutput, parse } from 'dotenv';
import type { Piece, Written } from '../extent.ts';
import type { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import { type Assignment, type DotenvStyle, scanDotenv } from './dotenv-scanner.ts';
import { dotenvLayer, requoted } from './dotenv-text.ts';
import { BrokenDocument, type Change, type Format, type Reading } from './format.ts';
import { readTables, type TreeText } from './tree-tables.ts';

const STYLES: readonly DotenvStyle[] = ['plain', 'single', 'double', 'backtick'];

/**
 * `.env` files: one table whose members are the variables. A new value is written so that a shell, npm's `dotenv`,
 * `python-dotenv` and `godotenv` all read the same, or not at all.
 */
export const dotenv: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    const { assignments, comments } = scanDotenv(bytes);
    const members = assignments.map(({ name, value }) => ({ name, value: textNode(bytes, value) }));
    const reading = readTables({ kind: 'object', start: 0, end: bytes.length, members }, tables, comments);
    return { ...reading, literals: reading.literals.map((literal) => ({ ...literal, place: 'env' })) };
  },

  layer(bytes: Buffer, literal: Written): Layer {
    return dotenvLayer(bytes, literal, styleOf(literal));
  },

  respell(bytes: Buffer, literal: Written, text: string): Piece | null {
    const quotes = styleOf(literal) === 'plain' ? 0 : 1;
    const written = requoted(bytes, literal, styleOf(literal), text);
    return written === null ? null : { start: literal.start - quotes, end: literal.end + quotes, text: written };
  },

  /** Read as a file of its own, so that what is asked for one value doesn't cost a whole file. */
  isWhole(bytes: Buffer, literal: Written): boolean {
    const quotes = styleOf(literal) === 'plain' ? 0 : 1;
    if (quotes === 0 && !/[=\t ]/.test(bytes.toString('latin1', literal.start - 1, literal.start))) return false;
    const alone = Buffer.concat([Buffer.from('K='), bytes.subarray(literal.start - quotes, literal.end + quotes)]);
    const found = assignmentsIn(alone);
    const value = found?.length === 1 ? found[0]?.value : undefined;
    return value?.style === literal.style && value.end - value.start === literal.end - literal.start;
  },

  /**
   * `dotenv` tells the last value of each name only. So each assignment is given to it by itself, and the file as a whole,
   * which shows that nothing else has changed to it.
   */
  isSameBut(before: Buffer, after: Buffer, changes: readonly Change[]): boolean {
    const old = valuesIn(before);
    const now = valuesIn(after);
    if (!old || !now || old.length !== now.length) return false;
    const expected = changes.filter(({ was, is }) => was !== is);
    let met = 0;
    for (const [index, was] of old.entries()) {
      const is = now[index];
      if (is?.name !== was.name) return false;
      if (is.value === was.value) continue;
      const change = expected[met++];
      if (change?.path[0] !== was.name || change.was !== was.value || change.is !== is.value) return false;
    }
    return met === expected.length && isSameFile(before, after, old, now);
  },
};

interface Value {
  readonly name: string;
  readonly value: string;
}

function styleOf({ style }: Written): DotenvStyle {
  const found = STYLES.find((one) => one === style);
  if (!found) throw new RangeError('a literal of another format');
  return found;
}

function textNode(bytes: Buffer, value: Assignment['value']): TreeText {
  return { kind: 'text', ...value, value: dotenvLayer(bytes, value, value.style).bytes.toString() };
}

function assignmentsIn(bytes: Buffer): readonly Assignment[] | null {
  try {
    return scanDotenv(bytes).assignments;
  } catch (error) {
    if (error instanceof BrokenDocument) return null;
    throw error;
  }
}

/** All values as `dotenv` reads them; null where it reads one of the assignments as something else. */
function valuesIn(bytes: Buffer): readonly Value[] | null {
  const assignments = assignmentsIn(bytes);
  if (!assignments) return null;
  const values: Value[] = [];
  for (const { name, start, end } of assignments) {
    const read = parsed(bytes.subarray(start, end), false);
    if (!read || Object.keys(read).length !== 1 || !Object.hasOwn(read, name)) return null;
    values.push({ name, value: read[name] ?? '' });
  }
  return values;
}

function isSameFile(before: Buffer, after: Buffer, old: readonly Value[], now: readonly Value[]): boolean {
  // Its other parser takes quadratic time for a file of blank lines; both have the same grammar.
  const was = parsed(before, true);
  const is = parsed(after, true);
  if (!was || !is || Object.keys(was).join('\n') !== Object.keys(is).join('\n')) return false;
  const ofOld = new Map(old.map(({ name, value }) => [name, value]));
  const ofNow = new Map(now.map(({ name, value }) => [name, value]));
  // A line that is passed over here may be the one that counts to `dotenv`: then it is the same in both.
  return Object.keys(was).every(
    (name) => was[name] === is[name] || (was[name] === ofOld.get(name) && is[name] === ofNow.get(name)),
  );
}

function parsed(bytes: Buffer, fast: boolean): DotenvParseOutput | null {
  try {
    return parse(bytes, { fast });
  } catch (error) {
    // A value of many megabytes is too much for its regular expression.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
