import type { IpcMainInvokeEvent } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL, makeBridge, type PreloadBridge } from '../../preload/bridge.ts';
import type { AnyEvent, CallName } from '../../preload/contract.ts';
import type { ElectronDouble, FrameDouble, WindowDouble } from './electron-double.ts';

type Listener = (event: unknown, payload: AnyEvent) => void;

/**
 * The real bridge of a window, over a double of the wire: what crosses is copied as between two processes.
 * @param frame the frame that speaks; the window's own when left out.
 */
export function pageIn(
  electron: ElectronDouble,
  window: WindowDouble,
  allowed: readonly CallName[],
  frame: FrameDouble | null = window.webContents.mainFrame,
): PreloadBridge {
  const listeners = new Map<Listener, (channel: string, payload: AnyEvent) => void>();
  return makeBridge(
    {
      invoke: (channel, name, input) => invoke(electron, window, frame, channel, name, input),
      on(channel, listener) {
        const pass = (sentOn: string, payload: AnyEvent): void => {
          if (sentOn === channel) listener({ sender: 'ipcRenderer' }, structuredClone(payload));
        };
        listeners.set(listener, pass);
        window.webContents.on('double:sent', pass);
      },
      off(_channel, listener) {
        const pass = listeners.get(listener);
        if (pass) window.webContents.off('double:sent', pass);
      },
    },
    allowed,
  );
}

/** A message as a page could send it that has got hold of more than its bridge. */
export async function invoke(
  electron: ElectronDouble,
  window: WindowDouble,
  frame: FrameDouble | null,
  channel: string,
  name: unknown,
  input: unknown,
): Promise<unknown> {
  const listener = electron.calls.get(channel);
  if (!listener) throw new Error(`No handler registered for '${channel}'`);
  const event = { sender: window.webContents, senderFrame: frame, type: 'frame' };
  // Only what the shell looks at is there.
  return structuredClone(await listener(event as unknown as IpcMainInvokeEvent, ...structuredClone([name, input])));
}

export { CALL_CHANNEL, EVENT_CHANNEL };
