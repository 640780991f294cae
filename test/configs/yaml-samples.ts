import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import type { Findings } from '../../main/configs/site.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { NEW, searchFor } from './samples.ts';

export function find(text: string): Findings {
  return findSites(Buffer.from(text), 'yaml', searchFor());
}

/** The document with the new key at every site. */
export function patched(text: string, fresh: string = NEW): string {
  const bytes = Buffer.from(text);
  const edits = find(text).sites.map((site) => ({ site, value: new Secret(fresh) }));
  return patch(bytes, 'yaml', edits).toString();
}

/** A value in a server's entry, as it is written behind `A:`. */
export function inEntry(written: string, more = ''): string {
  return `mcpServers:\n  acme:\n    env:\n      A: ${written}\n      Z: last\n${more}`;
}
