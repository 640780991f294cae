import { SHORTEST_IN_TEXT } from './occurrences.ts';
import type { Search } from './site.ts';

/** A key of these characters only is written as it is wherever no escapes are. */
const WRITTEN_AS_IT_IS = /^[A-Za-z0-9_.~+=-]*$/;

/** What can hide a key of plain characters: escapes and continued lines, percent-encoding, entities, base64. */
const DISGUISES = ['\\', '%', '&#', 'asic '].map((text) => Buffer.from(text));

/**
 * Whether there can be anything in a document of what is searched for. Most files hold none of it, and are not parsed
 * then. Never false for a document in which {@link findSites} finds something, save for a key that a shell puts together
 * from pieces (`'sk-''live'`).
 */
export function mayHold(bytes: Buffer, { needles, envNames, companions }: Omit<Search, 'tables'>): boolean {
  const texts = [
    ...needles.map(({ value }) => value.reveal()),
    ...envNames,
    ...companions.map(({ envName }) => envName),
  ];
  if (texts.some((text) => !WRITTEN_AS_IT_IS.test(text) || text.length < SHORTEST_IN_TEXT)) return true;
  if (DISGUISES.some((disguise) => bytes.includes(disguise))) return true;
  return texts.some((text) => bytes.includes(text));
}
