import { join } from 'node:path';
import type { WebPreferences } from 'electron';
import { NO_WEBVIEWS } from '../security/deny-webviews.ts';
import { ISOLATED } from '../security/isolated-context.ts';
import { WEB_SECURITY } from '../security/keep-web-security.ts';
import { NO_EXPERIMENTS } from '../security/no-experiments.ts';
import { NO_NODE } from '../security/no-node.ts';
import { SANDBOXED } from '../security/sandboxed.ts';

/** Where the windows' own scripts lie, and whether this is a build that people have. */
export interface WindowFiles {
  readonly preloads: string;
  readonly packaged: boolean;
}

/**
 * What a page can do, which is next to nothing. Most of it is Electron's default, and stands here so that no other
 * default ever decides it.
 */
export function webPreferences(preload: string, { preloads, packaged }: WindowFiles): WebPreferences {
  return {
    preload: join(preloads, preload),
    ...ISOLATED,
    ...SANDBOXED,
    ...NO_NODE,
    ...WEB_SECURITY,
    ...NO_EXPERIMENTS,
    ...NO_WEBVIEWS,
    navigateOnDragDrop: false,
    // It would fetch dictionaries from the network.
    spellcheck: false,
    devTools: !packaged,
  };
}
