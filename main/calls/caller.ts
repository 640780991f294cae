import type { Requester } from '../approvals/approval.schema.ts';

/**
 * By what way a call came in. The carrier is set by the shell that took the call, never by the call itself.
 *
 * `confirmation-window` the app's own confirmation window (Electron) · `window` its main window · `tray` its menu ·
 * `page` a browser with the session cookie · `terminal` the command line, on a terminal with a person (as it says) ·
 * `script` the command line without one · `agent` an MCP client.
 */
export type Carrier = 'confirmation-window' | 'window' | 'tray' | 'page' | 'terminal' | 'script' | 'agent';

export interface Caller {
  readonly carrier: Carrier;
  /** Program and process at the other end, as far as it can be seen. */
  readonly program: string | null;
  readonly pid: number | null;
  readonly client: { readonly name: string; readonly version: string } | null;
}

const VIA: Record<Carrier, Requester['via']> = {
  'confirmation-window': 'page',
  window: 'page',
  tray: 'tray',
  page: 'page',
  terminal: 'command-line',
  script: 'command-line',
  agent: 'agent',
};

export function requesterOf(caller: Caller): Requester {
  return {
    via: VIA[caller.carrier],
    program: caller.program,
    pid: caller.pid,
    client: caller.client ? { ...caller.client } : null,
  };
}
