import { Notification } from 'electron';
import type { Core } from '../../../calls/dispatch.ts';
import { inWords } from '../words.ts';
import { dueWords } from './due-words.ts';

/**
 * Tells what has become due by a notification of the system; a click opens the app there. Where the system shows none,
 * the tray has it all the same.
 * @param open opens the main window at a route.
 */
export function notifyWhenDue(core: Core, open: (route: string) => void): void {
  // Held for as long as it is shown: one that is collected as garbage no longer knows of a click.
  const shown = new Set<Notification>();
  core.on((event) => {
    if (event.name !== 'reminder' || !Notification.isSupported()) return;
    const { title, body, route } = dueWords(event.payload);
    const notification = new Notification({ title: inWords(title), body: inWords(body) });
    const forget = (): void => void shown.delete(notification);
    notification.on('click', () => {
      open(route);
      forget();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    shown.add(notification);
    notification.show();
  });
}
