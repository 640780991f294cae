import type { Core } from '../../../calls/dispatch.ts';
import { rotationRoute } from '../pages/address.ts';

/**
 * Opens the page of a rotation that the person does by hand as soon as it can take the key: the confirmation's window has
 * no place to paste it. Only after a confirmation in this run: what an earlier one has left waits in the tray.
 * @param open opens the main window at a route.
 */
export function openWhenKeyIsToBePasted(core: Core, open: (route: string) => void): void {
  const confirmed = new Set<string>();
  const ready = new Set<string>();
  const openOnce = (id: string): void => {
    if (!confirmed.has(id) || !ready.has(id)) return;
    confirmed.delete(id);
    open(rotationRoute(id));
  };
  // Either of the two can come first.
  core.on((event) => {
    if (event.name === 'approval') {
      const { state, plan, rotationId } = event.payload;
      if (state !== 'approved' || plan.way !== 'by-hand' || rotationId === null || confirmed.has(rotationId)) return;
      confirmed.add(rotationId);
      openOnce(rotationId);
    } else if (event.name === 'rotation') {
      const { id, way, offers } = event.payload;
      if (way !== 'by-hand' || !offers.includes('paste-key') || ready.has(id)) return;
      ready.add(id);
      openOnce(id);
    }
  });
}
