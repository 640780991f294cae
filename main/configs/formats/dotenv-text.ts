import type { Extent } from '../extent.ts';
import type { Layer } from '../layer.ts';
import { DecodedText } from './decoded-text.ts';
import type { DotenvStyle } from './dotenv-scanner.ts';
import { CannotHold } from './format.ts';

/** What every reader takes as it is written, in quotes and without: no blank, and nothing that a shell knows. */
const SAFE = /^[A-Za-z0-9_\-.,:/@%+=\p{L}\p{M}\p{N}\p{So}]*$/u;

/**
 * Texts that a shell, npm's `dotenv`, `python-dotenv` and `godotenv` read alike when they stand in quotes as they are.
 * Between single quotes, `python-dotenv` knows `\\`, `\'` and `${...}`, which the others don't; between double quotes,
 * each has another set of escapes. None of them reads quotes of the same kind inside in the same way.
 */
const HELD: Readonly<Record<Exclude<DotenvStyle, 'backtick'>, RegExp>> = {
  plain: SAFE,
  single: /^(?:[^'\\$\p{Cc}\p{Zl}\p{Zp}]|[\n\t]|\\(?![\\]|$)|\$(?!\{))*$/u,
  double: /^(?:[^"\\$`\p{Cc}\p{Zl}\p{Zp}]|[\n\t])*$/u,
};

/** What npm's `dotenv` reads otherwise than it is written. */
const LINES = /\r\n/g;
const ESCAPES_AND_LINES = /\r\n|\\[nr]/g;

/** The text of a value as npm's `dotenv` reads it, with the way back to the bytes of the file. */
export function dotenvLayer(file: Buffer, { start, end }: Extent, style: DotenvStyle): Layer {
  const raw = file.toString('latin1', start, end);
  const isAlike = isReadAlike(file.toString('utf8', start, end), style);
  const decoded = new DecodedText(start, end - start);
  let at = start;
  const addTo = (next: number): void => {
    for (; at < next; at++) decoded.addByte(file[at] ?? 0, at);
  };
  for (const { 0: written, index } of raw.matchAll(style === 'double' ? ESCAPES_AND_LINES : LINES)) {
    addTo(start + index);
    at += written.length;
    decoded.addEscape(written === '\\r' ? '\r' : '\n', start + index, at);
  }
  addTo(end);
  const layer: Layer = decoded.layer(file, (text, index) => {
    const before = index === 0 ? '' : layer.bytes.toString('latin1', index - 1, index);
    if (SAFE.test(text) && (style !== 'double' || before !== '\\')) return text;
    // What stands beside it must not make more of a backslash or a dollar sign than it is.
    const isApart = !/[\\$]$/.test(text) && before !== '\\' && before !== '$';
    if (isAlike && style !== 'backtick' && HELD[style].test(text) && isApart) return text;
    throw new CannotHold('a text that readers of .env files would read in different ways');
  });
  return layer;
}

/** Whether all readers get the same text for a value. A shell makes words of blanks outside of quotes: that is let pass. */
function isReadAlike(raw: string, style: DotenvStyle): boolean {
  if (style === 'backtick') return false;
  return HELD[style].test(style === 'plain' ? raw.replace(/[ \t]/g, '') : raw.replaceAll('\r\n', '\n'));
}

/** The value with its quotes, written so that all readers get this text; null where there is no such way. */
export function requoted(file: Buffer, { start, end }: Extent, style: DotenvStyle, text: string): string | null {
  if (!isReadAlike(file.toString('utf8', start, end), style)) return null;
  if (style !== 'double' && HELD.single.test(text)) return `'${text}'`;
  if (HELD.double.test(text)) return `"${text}"`;
  return HELD.single.test(text) ? `'${text}'` : null;
}
