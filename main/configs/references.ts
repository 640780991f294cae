import { LEFT_OUT, withoutTokens } from './tokens.ts';

/**
 * The notations in which hosts write "take the value from there" (HOSTS.md, point 7): `${VAR}`, `${VAR:-default}`,
 * `${env:X}`, `${input:x}`, `${{ secrets.X }}`, `{env:X}`, `{file:p}`, `$(command)`, `$VAR`, `%VAR%`.
 */
const REFERENCE =
  /\$\{\{[^{}]{1,500}\}\}|\$?\{(?:env|file|input|command|secrets?):[^{}]{1,500}\}|\$\{[A-Za-z_][^{}]{0,4200}\}|\$\([^()]{1,500}\)|\$[A-Za-z_][A-Za-z0-9_]{0,200}|%[A-Za-z_][A-Za-z0-9_]{0,200}%/g;

const WHOLE = new RegExp(`^\\s*(?:${REFERENCE.source})\\s*$`);

/** From what a reference takes its value: a variable of the environment, a file, what the host asks the person for, ... */
export type SourceKind = 'variable' | 'file' | 'input' | 'secret-store' | 'command';

export interface Source {
  readonly kind: SourceKind;
  /** Name of the variable, path of the file, id of the input; empty for a command. */
  readonly name: string;
}

const SOURCES: readonly (readonly [SourceKind, RegExp])[] = [
  ['command', /^\$\(()/],
  ['secret-store', /^\$\{\{\s*(?:secrets?\.)?([^{}]*?)\s*\}\}$/],
  ['secret-store', /^\$?\{secrets?:([^{}]*)\}$/],
  ['file', /^\$?\{file:([^{}]*)\}$/],
  ['input', /^\$?\{input:([^{}]*)\}$/],
  ['command', /^\$?\{command:[^{}]*()\}$/],
  ['variable', /^\$?\{env:([A-Za-z0-9_]*)/],
  ['variable', /^\$\{([A-Za-z_][A-Za-z0-9_]*)/],
  ['variable', /^[$%]?([A-Za-z_][A-Za-z0-9_]*)%?$/],
];

/** Where a reference takes its value from, by its notation; the bare name of a variable counts as one. */
export function sourceOf(reference: string): Source {
  for (const [kind, notation] of SOURCES) {
    const name = notation.exec(reference)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return { kind: 'command', name: '' };
}

/** Whether a text is nothing but a reference, so that no key stands in it. */
export function isReference(text: string): boolean {
  return WHOLE.test(text);
}

/** All references in a text. */
export function referencesIn(text: string): readonly string[] {
  return text.match(REFERENCE) ?? [];
}

/** What a notation begins with, and must be followed by a name where that alone says nothing: `${`, `${env:`, `$`. */
const BEGINNING = /^(?:\$\{\{|\{\{|\$\(|\$?\{(?:[a-z]+:)?|\$(?=[A-Z])|%(?=[A-Z]))/;

/**
 * Whether a reader that knows these notations would take a part of the text for a reference: a key with `${HOME}` in it
 * doesn't come out of such a file as it went in.
 * @param notations as the catalogue of hosts writes them: `${NAME}`, `{env:NAME}`.
 */
export function looksLikeReference(text: string, notations: readonly string[]): boolean {
  return notations.some((notation) => {
    const [beginning] = BEGINNING.exec(notation) ?? [];
    if (beginning === undefined) return false;
    for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
      const next = text.slice(at + beginning.length, at + beginning.length + 1);
      if (!/[$%{]$/.test(beginning) || beginning === '{{' || beginning === '${{' || /[A-Za-z_]/.test(next)) return true;
    }
    return false;
  });
}

/** Whether a reference takes its value from the environment variable `name`. */
export function names(reference: string, name: string): boolean {
  return reference.split(/[^A-Za-z0-9_]+/).includes(name);
}

/** A reference as it may be shown: without its default, and without what may be a key in a command. */
export function withoutSecrets(reference: string): string {
  const command = reference.startsWith('$(') ? withoutTokens(reference) : reference;
  return command.replace(/^(\$\{[A-Za-z_][A-Za-z0-9_]*:?[-+=?]).+\}$/s, `$1${LEFT_OUT}}`);
}
