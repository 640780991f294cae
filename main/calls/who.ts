import type { Activity, By } from '../activity/activity.schema.ts';
import { byOf } from '../activity/by.ts';
import { type Caller, type Carrier, requesterOf } from './caller.ts';

const WORDS: Record<Carrier, string> = {
  'confirmation-window': 'confirmation window',
  window: 'window',
  tray: 'tray',
  page: 'page',
  terminal: 'terminal',
  script: 'script',
  agent: 'agent',
};

/** Who asked, for the activity: in words (`page`, `terminal`, `agent claude-code`) and part by part. */
export function askedBy(caller: Caller, approver: By['approver'] = null): Pick<Activity, 'who' | 'by'> {
  const { carrier, client } = caller;
  return {
    who: client ? `${WORDS[carrier]} ${client.name}` : WORDS[carrier],
    by: byOf(requesterOf(caller), approver),
  };
}
