import { app } from 'electron';
import { denyDownloads } from './deny-downloads.ts';
import { denyNavigation } from './deny-navigation.ts';
import { denyNetwork } from './deny-network.ts';
import { denyNewWindows } from './deny-new-windows.ts';
import { denyPermissions } from './deny-permissions.ts';
import { denyWebviews } from './deny-webviews.ts';

interface Ways {
  /** A page wants this address in the person's browser. */
  openLink(address: string): void;
  /** A page leads to this request's confirmation. */
  showConfirmation(approvalId: string): void;
}

/** Every rule for everything that a page runs in, from its first moment on. Before the first window. */
export function harden({ openLink, showConfirmation }: Ways): void {
  denyPermissions();
  denyDownloads();
  denyNetwork();
  app.on('web-contents-created', (_event, contents) => {
    denyNavigation(contents, showConfirmation);
    denyNewWindows(contents, openLink);
    denyWebviews(contents);
  });
}
