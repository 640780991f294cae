import type { UpdateState, UpdatesFile } from '../../../desktop/desktop.schema.ts';

/** By itself Rekey asks for a newer version once a day. */
export const DAY_MS = 24 * 60 * 60_000;

/** Nothing that is under way, or found already, is asked about again. */
const AT_REST: readonly UpdateState['state'][] = ['idle', 'failed'];

/**
 * Whether to ask by itself now. Pure.
 *
 * A time in the future comes from a clock that was set back since.
 */
export function checkIsDue(update: UpdateState, { automatic, checkedAt }: UpdatesFile, now: Date): boolean {
  if (!automatic || !AT_REST.includes(update.state)) return false;
  if (checkedAt === null) return true;
  const ago = now.getTime() - Date.parse(checkedAt);
  return ago < 0 || ago >= DAY_MS;
}

/** Whether the person's click on *Check now* asks. */
export function mayCheck({ state }: UpdateState): boolean {
  return AT_REST.includes(state) || state === 'available';
}
