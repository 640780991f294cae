import type { Piece, Written } from '../extent.ts';
import type { Layer } from '../layer.ts';
import type { TablePattern } from '../site.ts';
import type { Change, Entry, Format, Reading } from './format.ts';
import { BrokenDocument, CannotHold } from './format.ts';
import { readTables } from './tree-tables.ts';
import { isSameXml } from './xml-check.ts';
import { scanXml } from './xml-scanner.ts';
import { checkReferences, spelled, type XmlStyle, xmlLayer } from './xml-text.ts';
import { xmlTree } from './xml-tree.ts';

const STYLES: readonly XmlStyle[] = ['double', 'single', 'double-words', 'single-words', 'text', 'cdata'];

/** XML, as JetBrains' programs write it. See {@link xmlTree} for the names of what is in it. */
export const xml: Format = {
  read(bytes: Buffer, tables: readonly TablePattern[] | 'everything'): Reading {
    const { root, comments } = scanXml(bytes);
    if (root === null) return { literals: [], entries: [], comments };
    return withServers(readTables(xmlTree(root), tables, comments));
  },

  layer(bytes: Buffer, { start, end, style }: Written): Layer {
    return xmlLayer(bytes, start, end, styleOf(style));
  },

  /** An attribute can hold all that XML can; a section can be made a text. */
  respell(_bytes: Buffer, { start, end, style }: Written, text: string): Piece | null {
    if (style !== 'cdata') return null;
    try {
      return { start: start - '<![CDATA['.length, end: end + ']]>'.length, text: spelled(text, 'text') };
    } catch (error) {
      if (error instanceof CannotHold) return null;
      throw error;
    }
  },

  isWhole(bytes: Buffer, { start, end, style }: Written): boolean {
    const raw = bytes.toString('latin1', start, end);
    const before = bytes.toString('latin1', Math.max(0, start - 9), start);
    const after = bytes.toString('latin1', end, end + 3);
    if (style === 'cdata')
      return before === '<![CDATA[' && after === ']]>' && !raw.replaceAll(SEAM, ' ').includes(']]>');
    if (raw.includes('<') || !isReferring(raw, start)) return false;
    if (style === 'text') return before.endsWith('>') && after.startsWith('<');
    const quote = style.startsWith('double') ? '"' : "'";
    return before.endsWith(quote) && after.startsWith(quote) && !raw.includes(quote);
  },

  isSameBut: (before: Buffer, after: Buffer, changes: readonly Change[]): boolean => isSameXml(before, after, changes),
};

const SEAM = ']]><![CDATA[';

function styleOf(style: string): XmlStyle {
  const found = STYLES.find((one) => one === style);
  if (!found) throw new RangeError('a literal of another format');
  return found;
}

function isReferring(raw: string, start: number): boolean {
  try {
    checkReferences(raw, start);
    return true;
  } catch (error) {
    if (error instanceof BrokenDocument) return false;
    throw error;
  }
}

/** The same, with the servers under their own names (`github` of `McpServerCommand[github]`), and the table's attributes and text left out. */
function withServers(reading: Reading): Reading {
  const entries = new Map<Entry, Entry>();
  for (const entry of reading.entries) {
    const { server } = entry;
    if (server?.startsWith('@') || server === '#text') continue;
    entries.set(entry, { ...entry, server: server === null ? null : (/^[^[]+\[(.*)\]$/s.exec(server)?.[1] ?? server) });
  }
  const literals = reading.literals.flatMap((literal) => {
    const entry = entries.get(literal.entry);
    return entry ? [{ ...literal, entry }] : [];
  });
  return { ...reading, literals, entries: [...entries.values()] };
}
