/**
 * Replaces a key in one file in one way, in a process of its own, so that its memory can be told from the others'.
 * Prints `{ ms, megabytes }`: the time from the bytes as they were read to the bytes that would be written, and the peak
 * of the whole process.
 */
import { readFileSync } from 'node:fs';
import { applyEdits, modify } from 'jsonc-parser';
import { findSites } from '../../main/configs/find.ts';
import { patch } from '../../main/configs/patch.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { NEW_KEY, OLD_KEY, PATHS, TABLES } from './claude-json.ts';

const ways: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  rekey(bytes) {
    const needles = [{ role: 'key', value: new Secret(OLD_KEY) }];
    const found = findSites(bytes, 'json', { needles, tables: TABLES, envNames: ['ACME_API_KEY'], companions: [] });
    return patch(
      bytes,
      'json',
      found.sites.map((site) => ({ site, value: new Secret(NEW_KEY) })),
    );
  },

  'JSON.parse+stringify'(bytes) {
    const document: unknown = JSON.parse(bytes.toString());
    for (const at of PATHS) set(document, at);
    return Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
  },

  'jsonc-parser modify'(bytes) {
    let text = bytes.toString();
    for (const at of PATHS) text = applyEdits(text, modify(text, [...at], NEW_KEY, {}));
    return Buffer.from(text);
  },
};

function set(document: unknown, path: readonly string[]): void {
  const [name = '', ...rest] = path;
  if (typeof document !== 'object' || document === null) throw new Error('the file is not as generated');
  if (rest.length === 0) Object.assign(document, { [name]: NEW_KEY });
  else set(Reflect.get(document, name), rest);
}

const [way = '', path = ''] = process.argv.slice(2);
// As the others read it too: a snapshot's hash and checks belong to the writing, not to this.
const bytes = readFileSync(path);
const start = performance.now();
const result = ways[way]?.(bytes);
const ms = performance.now() - start;
if (!result || result.includes(OLD_KEY) || !result.includes(NEW_KEY)) throw new Error(`${way} did not replace the key`);
console.log(JSON.stringify({ ms, megabytes: process.resourceUsage().maxRSS / 1024 }));
