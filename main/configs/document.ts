import { BeyondReading, BrokenDocument, type Reading } from './formats/format.ts';
import type { FormatName } from './formats/format-name.ts';
import { formats } from './formats/formats.ts';
import { Lines, startOfLine } from './lines.ts';
import type { TablePattern } from './site.ts';
import { checkText, notParsable } from './snapshot.ts';

/**
 * Reads a document that was taken from a file.
 * @param name what an error calls the file: its path.
 * @throws {ConfigError} `file-not-parsable`, with line and column, and without any text of the file.
 */
export function readDocument(
  bytes: Buffer,
  format: FormatName,
  tables: readonly TablePattern[] | 'everything',
  name: string,
): Reading {
  checkText(bytes, name);
  try {
    return formats[format].read(bytes, tables);
  } catch (error) {
    if (error instanceof BeyondReading) {
      throw notParsable(`${name} can't be read: ${error.message}.`, 'Put the new key into this file by hand.');
    }
    if (!(error instanceof BrokenDocument)) throw error;
    const line = new Lines(bytes).at(error.offset);
    const column = bytes.toString('utf8', startOfLine(bytes, error.offset), error.offset).length + 1;
    throw notParsable(`${name} can't be read: ${error.message} (line ${line}, column ${column}).`);
  }
}

/** The names of the entries of a document's tables. @throws {ConfigError} `file-not-parsable`. */
export function serversIn(
  bytes: Buffer,
  format: FormatName,
  tables: readonly TablePattern[],
  name: string,
): readonly string[] {
  return readDocument(bytes, format, tables, name).entries.flatMap(({ server }) => server ?? []);
}
