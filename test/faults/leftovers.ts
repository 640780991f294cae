import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { accounts } from '../../main/credentials/accounts.ts';
import type { KeyFile } from './host-files.ts';
import { journals } from './journals.ts';
import type { RekeyProcess } from './rekey-process.ts';

/** Folders of Rekey's own that are empty when nothing is under way. */
const EMPTY = new Set(['receipts', 'restarts']);

/**
 * Files below the home folder that nobody wants any more: temporary ones, receipts, locks of hosts, and what nobody has
 * put there. Rekey's own locks may stay: they are empty folders, taken over where they are needed.
 */
export function leftovers(home: string, files: readonly KeyFile[]): string[] {
  const placed = new Set(files.map(({ at }) => at));
  const kept = new Set(keptAnswers(home).map((id) => join('rekey', 'receipts', `${id}.sealed`)));
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() || /\.(lock|takeover)$/.test(entry.name))
    .map((entry) => relative(home, join(entry.parentPath, entry.name)))
    .filter((at) => !placed.has(at) && !kept.has(at) && !isRekeysOwn(at))
    .map((at) => at.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replaceAll(/[0-9a-f]{12}/g, '<random>'))
    .sort();
}

function isRekeysOwn(at: string): boolean {
  const [top, folder = ''] = at.split(sep);
  return top === 'rekey' && !at.endsWith('.tmp') && !EMPTY.has(folder);
}

/** Entries of rotations in the keychain: each is to go with its rotation's end. */
export async function entriesLeft(rekey: RekeyProcess, home: string): Promise<string[]> {
  const kept = new Set(keptAnswers(home).map(accounts.seal));
  const all = (await entriesOf(rekey, home)).filter((account) => !kept.has(account));
  return all.map((account) => `keychain ${account.split(':')[0]}`);
}

async function entriesOf(rekey: RekeyProcess, home: string): Promise<string[]> {
  const file = join(home, 'rekey', 'keychain.json');
  if (existsSync(file)) {
    const names = Object.keys(JSON.parse(readFileSync(file, 'utf8')).entries);
    return names.filter((name) => !/^(credential|backups):/.test(name));
  }
  const left: string[] = [];
  for (const { id } of journals(home))
    for (const account of [accounts.pending(id), accounts.seal(id), accounts.restart(id)])
      if ((await rekey.fingerprint(account)) !== null) left.push(account);
  return left;
}

/** Rotations whose answer nobody could read: should it hold the key after all, it is not gone. */
function keptAnswers(home: string): string[] {
  return journals(home)
    .filter(({ outcome }) => outcome === 'lost' || outcome === 'given-up')
    .map(({ id }) => id);
}
