import type { Literal } from './formats/format.ts';

/** An environment variable that a server's entry sets. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** `docker run -e NAME`: the variable is passed on from the host's own environment. */
  readonly isPassedOn: boolean;
}

/**
 * The variable out of `envNames` that a literal sets: as a member of that name (`"env": {"NAME": "value"}`), or as an
 * item of a list (`"NAME=value"`, or `"-e", "NAME"`).
 */
export function variableIn(literal: Literal, text: string, envNames: readonly string[]): Variable | null {
  for (const name of envNames) {
    if (literal.key === name) return { name, value: text, isPassedOn: false };
    if (typeof literal.key !== 'number') continue;
    if (text.startsWith(`${name}=`)) return { name, value: text.slice(name.length + 1), isPassedOn: false };
    if (text === name) return { name, value: '', isPassedOn: true };
  }
  return null;
}
