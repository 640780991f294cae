import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { UpdateState } from '../../../desktop/desktop.schema.ts';
import type { Platform } from '../../../machine.ts';

/** Why this build doesn't update itself; null when it can. */
export type WhyAbsent = Extract<UpdateState, { state: 'absent' }>['why'] | null;

/**
 * Only what is signed is ever installed. macOS takes no update with another signature than the app's own; on Windows
 * electron-updater checks one only when the build names its publisher; on Linux nobody does.
 *
 * @param feed the text of `app-update.yml`, which the packager puts beside the app; null when it is not there.
 * @see https://www.electron.build/auto-update#file-generated-and-uploaded-in-addition
 */
export function whyAbsent(packaged: boolean, platform: Platform, feed: string | null): WhyAbsent {
  if (!packaged) return 'not-packaged';
  if (platform === 'linux') return 'not-signed';
  if (feed === null) return 'no-feed';
  if (platform === 'darwin') return null;
  return namesPublisher(feed) ? null : 'not-signed';
}

/** @param resources the folder beside the packaged app. */
export function readFeed(resources: string): Promise<string | null> {
  return readFile(join(resources, 'app-update.yml'), 'utf8').catch(() => null);
}

function namesPublisher(feed: string): boolean {
  let config: unknown;
  try {
    config = load(feed);
  } catch {
    return false;
  }
  const names: unknown = typeof config === 'object' && config !== null ? Reflect.get(config, 'publisherName') : null;
  const all = Array.isArray(names) ? names : [names];
  return all.some((name) => typeof name === 'string' && name.trim() !== '');
}
