import { readDocument } from '../configs/document.ts';
import type { Extent } from '../configs/extent.ts';
import { isCommandLine } from '../configs/find.ts';
import { type Literal, pathOf } from '../configs/formats/format.ts';
import { formats } from '../configs/formats/formats.ts';
import { Lines } from '../configs/lines.ts';
import type { JsonPath } from '../configs/site.ts';
import { layersOf, textAt } from '../configs/spot.ts';
import { Secret } from '../credentials/secret.ts';
import type { ConfigFile } from '../rotation/places.ts';
import { candidatesIn } from './literal-keys.ts';
import { rawKeys } from './raw-keys.ts';
import type { Candidate, Rules } from './rules.ts';
import type { FoundKey, WhyKey } from './scan.schema.ts';
import { isSecretField } from './secret-field.ts';
import { ValueNames } from './value-names.ts';

/** One key as it stands in a document. */
export interface StandingKey extends Pick<FoundKey, 'where' | 'server' | 'place' | 'line'> {
  readonly value: Secret;
  readonly prefix: string;
  readonly why: WhyKey;
  readonly path: JsonPath;
}

type Found = Omit<StandingKey, 'line'> & Extent;

/**
 * All keys in a config file: in the entries of its servers in every form that a patch knows, and by known forms in the
 * rest of it.
 * @throws {ConfigError} `file-not-parsable`.
 */
export function scanDocument(bytes: Buffer, file: ConfigFile, rules: Rules): StandingKey[] {
  const reading = readDocument(bytes, file.format, file.tables, file.path);
  const names = new ValueNames();
  const texts = reading.literals.map((literal) => {
    const text = formats[file.format].layer(bytes, literal).bytes.toString();
    names.add(literal, text);
    return { literal, text };
  });
  const inside = texts.flatMap(({ literal }, index) => {
    const within = { ...literal, isCommandLine: isCommandLine(literal, texts[index - 1]) };
    const value = { literal, isSecret: isSecretField(literal, file.secretFields), name: names.of(literal) };
    const found: Found[] = [];
    for (const layer of layersOf(formats[file.format], bytes, within)) {
      for (const candidate of candidatesIn(layer, value, rules)) {
        const written = layer.inFile(candidate);
        // Found already in a layer further inside.
        if (found.some(({ start, end }) => written.start < end && start < written.end)) continue;
        found.push({ ...inServer(literal), ...written, ...whatItIs(candidate, textAt({ layer, ...candidate })) });
      }
    }
    return found;
  });
  return withLines(bytes, [...inside, ...outside(bytes, rules, inside, reading.comments)]);
}

/** All keys in a file that nobody parses: known ones and those with a known form. */
export function scanBytes(bytes: Buffer, where: 'copy' | 'broken-file', rules: Rules): StandingKey[] {
  return withLines(
    bytes,
    outside(bytes, rules, [], []).map((found) => ({ ...found, where })),
  );
}

function outside(bytes: Buffer, rules: Rules, inside: readonly Extent[], comments: readonly number[]): Found[] {
  return rawKeys(bytes, rules, inside, comments).map(({ where, ...candidate }) => {
    const { start, end, value } = candidate;
    return { where, server: null, place: null, path: [], start, end, ...whatItIs(candidate, value.reveal()) };
  });
}

function inServer(literal: Literal): Pick<Found, 'where' | 'server' | 'place' | 'path'> {
  return { where: 'server', server: literal.entry.server, place: literal.place, path: pathOf(literal) };
}

function whatItIs({ prefix, why }: Candidate, text: string): Pick<Found, 'value' | 'prefix' | 'why'> {
  return { value: new Secret(text), prefix, why };
}

function withLines(bytes: Buffer, found: readonly Found[]): StandingKey[] {
  const lines = new Lines(bytes);
  return found
    .toSorted((one, other) => one.start - other.start)
    .map(({ start, end: _, ...rest }) => ({ ...rest, line: lines.at(start) }));
}
