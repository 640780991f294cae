/** Characters that a single part can be, as their codes. */
export type Characters = ReadonlySet<number>;

/** A character or a group, repeated. */
export interface Part {
  readonly is: Characters | Choice;
  readonly min: number;
  /** `Infinity` for an open end. */
  readonly max: number;
}

/** Parts one after the other. */
export type Sequence = readonly Part[];

/** One of several sequences. */
export interface Choice {
  readonly of: readonly Sequence[];
}

/** Why a pattern is not taken: a clause about it ("has a part that …"). Never quotes the pattern. */
export class PatternRefused extends Error {}

export function isChoice(one: Part['is']): one is Choice {
  return 'of' in one;
}

/** What a key may consist of: visible ASCII. */
const [FIRST_VISIBLE, LAST_VISIBLE] = [0x21, 0x7e];
/** Whatever lets one of these through lets through far more. */
const OTHERS = [...Array(0x100).keys(), 0x2028, 0x4e2d].filter((code) => code < FIRST_VISIBLE || code > LAST_VISIBLE);
const VISIBLE = [...Array(0x80).keys()].filter((code) => code >= FIRST_VISIBLE && code <= LAST_VISIBLE);
const SPECIAL = new Set([...'^$*+?{}]|']);
const REPEATED = /(?:[*+?]|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})/y;
const CLASS = /\[(?:\\[^\n]|[^\]\\\n])*\]/y;

/**
 * Reads the part of JavaScript's regular expressions that keys need: characters, classes, groups, alternatives and greedy
 * repetitions.
 * @throws {PatternRefused} for everything else.
 */
export function patternTree(source: string): Choice {
  const reader = new Reader(source);
  const choice = reader.choice();
  if (!reader.ended) throw new PatternRefused('has a ) without its (');
  return choice;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get ended(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(): Choice {
    const of: Sequence[] = [this.#sequence()];
    while (this.#take('|')) of.push(this.#sequence());
    return { of };
  }

  #sequence(): Sequence {
    const parts: Part[] = [];
    while (!this.ended && this.#next !== '|' && this.#next !== ')') {
      const is = this.#atom();
      parts.push({ is, ...this.#times() });
    }
    return parts;
  }

  get #next(): string {
    return this.#source[this.#at] ?? '';
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #atom(): Part['is'] {
    if (this.#take('(')) return this.#group();
    CLASS.lastIndex = this.#at;
    const token = this.#next === '[' ? CLASS.exec(this.#source)?.[0] : this.#characterToken();
    if (token === undefined) throw new PatternRefused('has a [ without its ]');
    this.#at += token.length;
    return charactersOf(token);
  }

  #group(): Choice {
    if (!this.#take('?:') && this.#next === '?') {
      throw new PatternRefused('has a group that begins with (? and is not (?: , which Rekey does not take');
    }
    const choice = this.choice();
    if (!this.#take(')')) throw new PatternRefused('has a ( without its )');
    return choice;
  }

  #characterToken(): string {
    const token = this.#source.slice(this.#at, this.#at + (this.#next === '\\' ? 2 : 1));
    if (SPECIAL.has(token))
      throw new PatternRefused('has one of ^ $ * + ? { } ] where it can’t stand: write \\ before it');
    if (token === '\\' || /^\\[^dDwWsS\W]/.test(token)) {
      throw new PatternRefused('has an escape other than \\d, \\w or one for a sign such as \\.');
    }
    return token;
  }

  #times(): Pick<Part, 'min' | 'max'> {
    REPEATED.lastIndex = this.#at;
    const match = REPEATED.exec(this.#source);
    if (!match) return { min: 1, max: 1 };
    this.#at += match[0].length;
    if (/[?*+]/.test(this.#next)) throw new PatternRefused('has two repetitions one after the other');
    const [sign, least, comma, most] = match;
    if (sign === '*') return { min: 0, max: Number.POSITIVE_INFINITY };
    if (sign === '+') return { min: 1, max: Number.POSITIVE_INFINITY };
    if (sign === '?') return { min: 0, max: 1 };
    const min = Number(least);
    const max = comma === undefined ? min : most === undefined ? Number.POSITIVE_INFINITY : Number(most);
    if (max < min || max === 0) throw new PatternRefused('has a repetition of which the most is less than the least');
    return { min, max };
  }
}

function charactersOf(token: string): Characters {
  const one = expression(token);
  const matches = (code: number): boolean => one.test(String.fromCharCode(code));
  if (OTHERS.some(matches)) {
    throw new PatternRefused('lets through spaces or signs that no key has: say which ones, such as [A-Za-z0-9_-]');
  }
  const characters = new Set(VISIBLE.filter(matches));
  if (characters.size === 0) throw new PatternRefused('has a part that no key can match');
  return characters;
}

function expression(token: string): RegExp {
  try {
    return new RegExp(`^${token}$`);
  } catch {
    throw new PatternRefused('has a range in [ ] that runs backwards');
  }
}
