import type { Core } from '../../../calls/dispatch.ts';
import { dueWords } from './due-words.ts';
import type { Notifier } from './notifier.ts';

/**
 * Tells what has become due; a click opens the app there.
 * @param open opens the main window at a route.
 */
export function notifyWhenDue(core: Core, notifier: Notifier, open: (route: string) => void): void {
  core.on((event) => {
    if (event.name !== 'reminder') return;
    const { title, body, route } = dueWords(event.payload);
    const about = event.payload.map(({ kind, credential }) => `${kind} ${credential.id}`).join(', ');
    notifier.show(about, { title, body, open: () => open(route) });
  });
}
