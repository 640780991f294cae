import { BrowserWindow } from 'electron';
import type { Core } from '../../../calls/dispatch.ts';
import type { Rotation } from '../../../rotation/rotation.schema.ts';
import { rotationRoute } from '../pages/address.ts';
import type { Notifier } from './notifier.ts';
import { rotationWords } from './rotation-words.ts';

/**
 * Tells when a rotation stands still, or has ended with something to do, while the person looks at something else than
 * Rekey. Once for each such state.
 * @param open opens the main window at a route.
 */
export function notifyWhenRotationNeedsPerson(core: Core, notifier: Notifier, open: (route: string) => void): void {
  const told = new Map<string, string>();
  core.on((event) => {
    if (event.name !== 'rotation') return;
    const { id } = event.payload;
    const state = stateOf(event.payload);
    if (told.get(id) === state) return;
    told.set(id, state);
    const words = rotationWords(event.payload);
    if (words === null) notifier.take(id);
    else if (!BrowserWindow.getFocusedWindow()) {
      notifier.show(id, { ...words, open: () => open(rotationRoute(id)) });
    }
  });
}

/** What makes it another news. */
function stateOf({ step, outcome, waiting, restarts }: Rotation): string {
  const wanted = restarts.filter(({ state }) => state === 'wanted').map(({ id }) => id);
  return JSON.stringify([step, outcome, waiting?.problem.code ?? null, outcome === null ? [] : wanted]);
}
