import { findSites } from '../../main/configs/find.ts';
import type { FormatName } from '../../main/configs/formats/format-name.ts';
import { patch } from '../../main/configs/patch.ts';
import { readSnapshot } from '../../main/configs/snapshot.ts';
import { writePatched } from '../../main/configs/write.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { KEYS, TABLES } from './two-versions.ts';

// Exchanges one key for the other in every file that it is given, again and again, until it is killed; it says when it
// has been through all of them. With `and-end` as its first argument it goes through them once and ends.
const [first, ...rest] = process.argv.slice(2);
const once = first === 'and-end';
const files = (once ? rest : process.argv.slice(2)).map((argument) => {
  const at = argument.indexOf(':');
  return { format: argument.slice(0, at) as FormatName, path: argument.slice(at + 1) }; // as its parent wrote them
});

async function exchange({ format, path }: (typeof files)[number]): Promise<void> {
  const snapshot = await readSnapshot(path);
  const [one, other] = [new Secret(KEYS[0]), new Secret(KEYS[1])];
  const [old, fresh] = snapshot.bytes.includes(one.reveal()) ? [one, other] : [other, one];
  const needles = [{ role: 'key', value: old }];
  const { sites } = findSites(snapshot.bytes, format, { needles, tables: TABLES, envNames: [], companions: [] }, path);
  const edits = sites.map((site) => ({ site, value: fresh }));
  await writePatched(snapshot, patch(snapshot.bytes, format, edits, path));
}

do {
  for (const file of files) await exchange(file);
  console.log('once through');
} while (!once);
