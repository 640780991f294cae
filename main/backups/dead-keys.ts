import { readDocument } from '../configs/document.ts';
import { formats } from '../configs/formats/formats.ts';
import { Secret } from '../credentials/secret.ts';
import type { ConfigFile } from '../rotation/places.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';

/** What stands around a key in a value: `Bearer K`, `--key=K`, `https://host/?key=K&v=1`. */
const BETWEEN = /[\s"'`=:&?,;#/]+/;
/** Nothing shorter is a key. */
const SHORTEST_KEY = 6;

/** Fingerprints of the keys that rotations have replaced, by the credential's id. The keychain holds only the last one of each. */
export function replacedKeys(rotations: readonly Rotation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const replaced = new Map<string, Set<string>>();
  for (const { target, oldFingerprint, newFingerprint } of rotations) {
    if (oldFingerprint === null || newFingerprint === null) continue;
    replaced.set(target.id, (replaced.get(target.id) ?? new Set()).add(oldFingerprint));
  }
  return replaced;
}

/**
 * Keys that Rekey doesn't hold any more and knows again by their fingerprints, where one of them stands in a value as a
 * word of its own.
 * @throws {ConfigError} `file-not-parsable`.
 */
export function recognized(bytes: Buffer, file: ConfigFile, fingerprints: ReadonlySet<string>): Secret[] {
  if (fingerprints.size === 0) return [];
  const words = new Set<string>();
  for (const literal of readDocument(bytes, file.format, file.tables, file.path).literals) {
    const text = formats[file.format].layer(bytes, literal).bytes.toString();
    for (const word of [text, ...text.split(BETWEEN)]) if (word.length >= SHORTEST_KEY) words.add(word);
  }
  return [...words].map((word) => new Secret(word)).filter(({ fingerprint }) => fingerprints.has(fingerprint));
}
