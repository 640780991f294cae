import { Layer } from '../layer.ts';
import { notParsable } from '../snapshot.ts';
import { BrokenDocument } from './format.ts';
import { scanJson } from './json-scanner.ts';
import { jsonLayer } from './json-strings.ts';

/**
 * The names in the object at `path` of a JSON document; none where it isn't there. The document is gone through once and
 * never held as a tree: `~/.claude.json` can have hundreds of megabytes.
 * @throws {ConfigError} `file-not-parsable`.
 */
export function namesAt(bytes: Buffer, path: readonly string[], name: string): readonly string[] {
  return lookAt(bytes, path, name).names;
}

/** The text at `path` of a JSON document, null where there is none. @throws {ConfigError} `file-not-parsable`. */
export function textAt(bytes: Buffer, path: readonly string[], name: string): string | null {
  return lookAt(bytes, path, name).text;
}

function lookAt(bytes: Buffer, path: readonly string[], name: string): { names: string[]; text: string | null } {
  const names: string[] = [];
  let text: string | null = null;
  /** How many objects are open that are listened to, and the name that came last in the innermost of them. */
  let depth = 0;
  let last = '';
  const nothing = (): void => {};
  try {
    scanJson(bytes, {
      key(start, end) {
        last = textOf(bytes, start, end);
        if (depth === path.length + 1) names.push(last);
      },
      open(isArray) {
        const isOnTheWay = !isArray && (depth === 0 || last === path[depth - 1]) && depth <= path.length;
        if (isOnTheWay) depth++;
        return isOnTheWay;
      },
      close() {
        depth--;
        last = '';
      },
      text(start, end) {
        if (depth === path.length && last === path.at(-1)) text = textOf(bytes, start, end);
      },
      other: nothing,
      comment: nothing,
    });
  } catch (error) {
    if (error instanceof BrokenDocument) throw notParsable(`${name} can't be read: ${error.message}.`);
    throw error;
  }
  return { names, text };
}

function textOf(bytes: Buffer, start: number, end: number): string {
  return jsonLayer(Layer.ofFile(bytes), start, end).bytes.toString();
}
