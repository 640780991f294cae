import { session } from 'electron';
import { ORIGIN } from '../pages/address.ts';

/** What a page of ours has made itself: the activity as a file. The person chooses where it goes. */
const OWN_FILE = `blob:${ORIGIN}/`;

/**
 * No page fetches a file from elsewhere onto the disk.
 * @see https://www.electronjs.org/docs/latest/api/session#event-will-download
 */
export function denyDownloads(): void {
  session.defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(OWN_FILE)) event.preventDefault();
  });
}
