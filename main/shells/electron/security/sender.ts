import type { IpcMainInvokeEvent } from 'electron';
import { RekeyError } from '../../../errors.ts';
import { ORIGIN, pageOf } from '../pages/address.ts';
import type { OpenWindow, OpenWindows } from '../windows/open-windows.ts';

export class SenderRefused extends RekeyError<'sender-refused'> {}

/**
 * The window that a message came from: one of ours, its top frame, still at our origin and on the very page that the
 * window was made for.
 * @throws {SenderRefused} for every other sender.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function windowOf(event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>, windows: OpenWindows): OpenWindow {
  const frame = event.senderFrame;
  // Null once the frame has navigated or is gone; what is left of a frame may not even tell its address.
  if (!frame || frame.isDestroyed() || frame.detached) throw refused();
  const window = windows.find(event.sender.id);
  if (!window || frame.parent !== null || frame.origin !== ORIGIN || pageOf(frame.url) !== window.page) throw refused();
  return window;
}

function refused(): SenderRefused {
  return new SenderRefused(
    'sender-refused',
    'This did not come from a window of Rekey, so it was refused. Nothing was changed.',
    'Close the window and open Rekey again from its icon in the tray.',
  );
}
