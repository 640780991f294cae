import type { Caller, Carrier } from './caller.ts';

const WORDS: Record<Carrier, string> = {
  'confirmation-window': 'confirmation window',
  window: 'window',
  tray: 'tray',
  page: 'page',
  terminal: 'terminal',
  script: 'script',
  agent: 'agent',
};

/** Who, for the activity: `page`, `terminal`, `agent claude-code`. */
export function whoIs(caller: Caller): string {
  return caller.client ? `${WORDS[caller.carrier]} ${caller.client.name}` : WORDS[caller.carrier];
}
