import { shell } from 'electron';
import type { Caller } from '../../../calls/caller.ts';
import type { Core } from '../../../calls/dispatch.ts';
import { listedLink } from './listed-link.ts';

const CALLER: Caller = { carrier: 'window', program: 'Rekey', pid: process.pid, client: null };

/** The pages where keys are made and revoked by hand, one per provider. */
export async function keysPages(core: Core): Promise<readonly string[]> {
  return (await core.call('listProviders', {}, CALLER)).map(({ keysPage }) => keysPage);
}

/**
 * Opens a link in the person's browser if it is one of those listed; no other is ever opened.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#15-do-not-use-shellopenexternal-with-untrusted-content
 */
export async function openLink(address: string, listed: () => Promise<readonly string[]>): Promise<void> {
  try {
    const link = listedLink(address, await listed());
    if (link !== null) await shell.openExternal(link);
  } catch {
    console.error('Rekey: a link could not be opened in the browser.');
  }
}
