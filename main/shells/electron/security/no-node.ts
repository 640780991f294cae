import type { WebPreferences } from 'electron';

/**
 * No page, frame or worker has Node.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#2-do-not-enable-nodejs-integration-for-remote-content
 */
export const NO_NODE = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
} as const satisfies WebPreferences;
