import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { relative, sep } from 'node:path';
import type { Moments } from './moments.ts';

/**
 * Lets every rename, removal and temporary file below the home folder pass as moments. Nothing else of the calls is
 * another. Must run before any other module has taken the functions out of `node:fs`.
 */
export function announceFiles(home: string, moments: () => Moments): void {
  const { promises } = fs;
  const { rename, unlink, rm, open } = promises;
  const { renameSync, unlinkSync } = fs;

  promises.rename = (from, to) => around(String(to), String(from), () => rename(from, to));
  promises.unlink = (path) => around(String(path), null, () => unlink(path));
  promises.rm = (path, options) => around(String(path), null, () => rm(path, options));
  promises.open = async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    const of = temporaryFor(String(path));
    if (of !== null) moments().pass(`after temporary file for ${of}`);
    return handle;
  };
  fs.renameSync = (from, to) => aroundNow(String(to), String(from), () => renameSync(from, to));
  fs.unlinkSync = (path) => aroundNow(String(path), null, () => unlinkSync(path));
  syncBuiltinESMExports();

  function around(path: string, from: string | null, work: () => Promise<void>): Promise<void> {
    const name = nameOf(path, from);
    return name === null ? work() : moments().effect(name, work);
  }

  function aroundNow(path: string, from: string | null, work: () => void): void {
    const name = nameOf(path, from);
    if (name !== null) moments().pass(`before ${name}`);
    work();
    if (name !== null) moments().pass(`after ${name}`);
  }

  /** @param from the new version, where one is put in place. */
  function nameOf(path: string, from: string | null): string | null {
    const at = below(path);
    if (at === null || at.endsWith('.tmp') || at.endsWith('.lock')) return null;
    const [top, folder] = at.split(sep);
    if (top !== 'rekey') return from === null ? `removal of ${at}` : `rename of ${at}`;
    if (folder === 'rotations') return from === null ? null : journalStep(from);
    if (folder === 'credentials.json') return 'index';
    if (folder === 'keychain.json') return 'keychain file';
    // Receipts have names of their own: see `announced-parts.ts`.
    return folder === 'receipts' ? null : `${folder} ${from === null ? 'removal' : 'write'}`;
  }

  function temporaryFor(path: string): string | null {
    const at = below(path);
    return at === null ? null : (/^(.*?)\.([^/]+)\.rekey-\d+-[0-9a-f]+\.tmp$/.exec(at)?.slice(1, 3).join('') ?? null);
  }

  function below(path: string): string | null {
    const at = relative(home, path);
    return at === '' || at === '..' || at.startsWith(`..${sep}`) ? null : at;
  }
}

function journalStep(from: string): string {
  const { step, waiting, outcome } = JSON.parse(fs.readFileSync(from, 'utf8'));
  return `journal ${[step, ...(outcome ? [outcome] : []), ...(waiting ? ['waits'] : [])].join(' ')}`;
}
