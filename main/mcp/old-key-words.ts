import type { Grace } from '../providers/provider.schema.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';

const UNITS = [
  [7 * 24 * 60, 'week'],
  [24 * 60, 'day'],
  [60, 'hour'],
  [1, 'minute'],
] as const;

/** "1 week", "1 day", "90 minutes": in the greatest unit that goes into it without a rest. */
export function span(minutes: number): string {
  const [length, unit] = UNITS.find(([length]) => minutes >= length && minutes % length === 0) ?? [1, 'minute'];
  const count = minutes / length;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Between what the person can choose for the old key when they confirm. */
export function graceText({ choices, default: usual }: Grace): string {
  const words = choices.map((minutes) => {
    const time = minutes === 0 ? 'not at all' : span(minutes);
    return minutes === usual ? `${time} (by default)` : time;
  });
  return `When everything is in place, the old key works on for: ${words.join(', ')}.`;
}

/**
 * What becomes of the key that was replaced, and by whom; null where the rotation doesn't leave it alive.
 * @param timeOf how a moment is told; as it is when left out.
 */
export function oldKeyText(rotation: Rotation, timeOf: (at: string) => string = (at) => at): string | null {
  const { revocation, provider, way, outcome } = rotation;
  if (!revocation || outcome === null) return null;
  const { state, by, at, problem } = revocation;
  const key = way === 'undo' ? 'newer key' : 'old key';
  const why = problem ? ` ${problem.message} ${problem.wayOut}` : '';
  if (state === 'undone') return `The ${key} is the current one again.`;
  if (state === 'held') return `The ${key} still works and is not revoked yet.${why}`;
  if (state === 'revoked') {
    const who = { rekey: 'Rekey has', service: `${provider.name} has`, person: 'The person has' }[by];
    return `${who} revoked the ${key}.`;
  }
  if (by === 'person') return `The ${key} still works: it is to be revoked on the page of ${provider.name}.${why}`;
  const ends = by === 'rekey' ? 'Rekey revokes it' : `${provider.name} ends it`;
  return at === null
    ? `The ${key} still works; ${ends}.${why}`
    : `The ${key} works until ${timeOf(at)}; then ${ends}.${why}`;
}
