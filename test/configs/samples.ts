import { findSites } from '../../main/configs/find.ts';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { patch } from '../../main/configs/patch.ts';
import type { Findings, Search } from '../../main/configs/site.ts';
import { Secret } from '../../main/credentials/secret.ts';

/** Made up, like every key in these tests. */
export const OLD = 'sk-live-old-0123456789';
export const NEW = 'sk-live-new-9876543210';
/** A key with a character of every kind that some notation has to write in another way. */
export const AWKWARD = 'a"b\\c/d\ne#f%g&h=i j+k?l;m\u00e9\u4f60\u{1f511}\tz\'<$';

export const TABLES = [['mcpServers'], ['mcp'], ['mcp.servers'], ['servers'], ['projects', '*', 'mcpServers']];

export function searchFor(value: string = OLD, more: Partial<Search> = {}): Search {
  return {
    needles: [{ role: 'key', value: new Secret(value) }],
    tables: TABLES,
    envNames: ['ACME_API_KEY'],
    companions: [],
    ...more,
  };
}

export function find(text: string | Buffer, search: Search = searchFor(), format: FormatName = 'jsonc'): Findings {
  return findSites(Buffer.from(text), format, search);
}

/** The document with `fresh` at every site at which `search` finds something. */
export function replaceAll(text: string | Buffer, fresh: string, search: Search = searchFor()): Buffer {
  const bytes = Buffer.from(text);
  const edits = findSites(bytes, 'jsonc', search).sites.map((site) => ({ site, value: new Secret(fresh) }));
  return patch(bytes, 'jsonc', edits);
}

/** One server's entry as a document. */
export function withEntry(entry: unknown): string {
  return JSON.stringify({ mcpServers: { acme: entry } }, null, 2);
}
