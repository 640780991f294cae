/** So many texts are remembered: more than any page shows. */
const MOST_REMEMBERED = 2_000;
/** In characters. The core says nothing longer; what is, was made so by somebody else, and would take its time. */
const LONGEST = 4_000;
/** A clause in a clause in a sentence: nothing of the core goes deeper. */
const DEEPEST = 5;

/** What the English texts are in another language. */
export interface Catalogue {
  /** The text as it is where there is no entry for it. */
  say(english: string): string;
}

/** An entry with values: what it looks like once it is filled, and what to say then. */
interface Pattern {
  readonly matches: RegExp;
  readonly said: string;
  /** Characters that are no value: the more, the surer it is meant. */
  readonly fixed: number;
  /** Signs only: it frames a clause that is known, and no path or name that happens to look like it. */
  readonly isFrame: boolean;
  /** Which value is its first clause. */
  readonly clause: number;
}

interface Found {
  readonly said: string;
  readonly fixed: number;
}

/**
 * Reads a catalogue: English texts as they stand in the sources, `{0}`, `{1}`, ... where they have values, and what to
 * say in their place. There `{0}` is the value as it came, a path or a name; `{say 0}` is a clause that the catalogue
 * knows too.
 */
export function readCatalogue(entries: Readonly<Record<string, string>>): Catalogue {
  const fixed = new Map(Object.entries(entries));
  const patterns = Object.entries(entries)
    .flatMap(patternOf)
    .sort((one, other) => other.fixed - one.fixed);
  const remembered = new Map<string, string>();

  const find = (text: string, depth: number): Found | null => {
    const exact = fixed.get(text);
    if (exact !== undefined) return { said: exact, fixed: text.length };
    if (depth > DEEPEST) return null;
    for (const { matches, said, fixed, isFrame, clause } of patterns) {
      const values = matches.exec(text)?.slice(1);
      if (!values || (isFrame && !find(values[clause] ?? '', depth + 1))) continue;
      return { said: filled(said, values, (value) => say(value, depth + 1)), fixed };
    }
    return null;
  };
  /** As a whole or sentence by sentence, whichever the catalogue knows better; what it doesn't know stays as it is. */
  const say = (text: string, depth: number): string => {
    const words = text.replace(/\n+$/, '');
    const ends = text.slice(words.length);
    const whole = find(words, depth) ?? find(words.trim(), depth);
    const sentences = sentencesOf(words).map((sentence) => find(sentence, depth));
    const known = sentences.filter((one) => one !== null);
    const apart = known.reduce((sum, one) => sum + one.fixed, 0);
    const isBetterApart = sentences.length > 1 && known.length === sentences.length && apart > (whole?.fixed ?? 0);
    if (isBetterApart) return known.map(({ said }) => said).join('') + ends;
    return whole ? whole.said + ends : text;
  };
  return {
    say(english) {
      const known = remembered.get(english);
      if (known !== undefined) return known;
      const said = english.length > LONGEST ? english : say(english, 0);
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(english, said);
      return said;
    },
  };
}

function patternOf([english, said]: [string, string]): Pattern[] {
  const parts = english.split(/\{\d+\}/);
  if (parts.length === 1) return [];
  // A value ends where what follows it stands first; but parentheses stand in many paths, and the last ones are ours.
  // Of two with nothing between them the first has it all.
  const value = (after: string | undefined): string => (after === ' (' || after === '' ? '(.*)' : '(.*?)');
  const matches = new RegExp(
    `^${parts.map((part, index) => escaped(part) + (index < parts.length - 1 ? value(parts[index + 1]) : '')).join('')}$`,
    's',
  );
  const own = parts.join('');
  return [
    { matches, said, fixed: own.length, isFrame: !/\p{L}/u.test(own), clause: Number(/\{say (\d+)\}/.exec(said)?.[1]) },
  ];
}

/** @param values in the order in which the English text has them, which is that of their numbers. */
function filled(said: string, values: readonly string[], say: (clause: string) => string): string {
  return said.replaceAll(/\{(say )?(\d+)\}/g, (_, clause: string | undefined, index: string) => {
    const value = values[Number(index)] ?? '';
    return clause ? say(value) : value;
  });
}

function sentencesOf(text: string): string[] {
  return text.trim().split(/(?<=[.?!]) (?=\p{Lu}|“)/u);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
