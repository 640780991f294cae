import { join } from 'node:path';
import type { WebPreferences } from 'electron';

/** Where the windows' own scripts lie, and whether this is a build that people have. */
export interface WindowFiles {
  readonly preloads: string;
  readonly packaged: boolean;
}

/**
 * What a page can do, which is next to nothing. Most of it is Electron's default, and stands here so that no other
 * default ever decides it.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#3-enable-context-isolation
 */
export function webPreferences(preload: string, { preloads, packaged }: WindowFiles): WebPreferences {
  return {
    preload: join(preloads, preload),
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // It would fetch dictionaries from the network.
    spellcheck: false,
    devTools: !packaged,
  };
}
