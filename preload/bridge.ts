import type { ErrorView } from '../main/errors.ts';
import type { AnyEvent, CallName } from './contract.ts';

/** Calls of a page to the main process (`invoke`: name, input), answered with a {@link BridgeAnswer}. */
export const CALL_CHANNEL = 'rekey:call';
/** Events of the main process to a page (`send`: the event). */
export const EVENT_CHANNEL = 'rekey:event';

/**
 * How a call's end crosses from the main process to the page.
 *
 * Never as a rejection: Electron's IPC and `contextBridge` both strip an error of everything but its message, and the
 * page needs the code and the way out. The page's carrier throws the failure again.
 */
export type BridgeAnswer = { readonly result: unknown } | { readonly failure: ErrorView };

/** All that a page of the Electron shell gets to see of it: `window.rekey`. */
export interface PreloadBridge {
  /** Always resolves. The result has the shape that the contract gives the call; the core has checked it. */
  call(name: string, input: unknown): Promise<BridgeAnswer>;
  /** @returns the disposer. */
  on(listener: (event: AnyEvent) => void): () => void;
}

declare global {
  interface Window {
    /** There in Electron only. */
    readonly rekey?: PreloadBridge;
  }
}

/** The part of Electron's `ipcRenderer` that a bridge stands on. */
interface Ipc {
  invoke(channel: string, name: string, input: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, payload: AnyEvent) => void): unknown;
  off(channel: string, listener: (event: unknown, payload: AnyEvent) => void): unknown;
}

/** A window's bridge, for the calls named and no other. */
export function makeBridge(ipc: Ipc, allowed: readonly CallName[]): PreloadBridge {
  const names: readonly string[] = allowed;
  return {
    async call(name, input) {
      if (!names.includes(name)) return { failure: NOT_FROM_HERE };
      try {
        // The main process answers in no other shape; see `main/shells/electron/ipc.ts`.
        return (await ipc.invoke(CALL_CHANNEL, name, input)) as BridgeAnswer;
      } catch {
        return { failure: NOT_REACHED };
      }
    },
    on(listener) {
      // The event of Electron's own stays here: its `sender` is `ipcRenderer`.
      const pass = (_: unknown, event: AnyEvent): void => listener(event);
      ipc.on(EVENT_CHANNEL, pass);
      return () => {
        ipc.off(EVENT_CHANNEL, pass);
      };
    },
  };
}

const NOT_FROM_HERE: ErrorView = {
  code: 'call-not-allowed',
  message: 'That can’t be done from here. Nothing was changed.',
  wayOut: 'Do it in Rekey’s other window.',
};

/** The input can't be copied to another process, or the main process is ending. */
const NOT_REACHED: ErrorView = {
  code: 'app-not-reached',
  message: 'The page could not reach Rekey. Nothing is known of what was done.',
  wayOut: 'Look at Activity for what was done; start Rekey again if it has ended.',
};
