import type { ActivityEntry } from '../../main/activity/activity.schema.ts';

/**
 * What is shown when the newest entries were asked for again: these, and of the known ones those before them. Where the
 * two don't meet, or the file is another one, the known ones would leave a gap and go.
 *
 * @param isFull whether there can be more before the newest ones.
 */
export function joined(
  newest: readonly ActivityEntry[],
  known: readonly ActivityEntry[],
  isFull: boolean,
): readonly ActivityEntry[] {
  const [first] = newest;
  const last = newest.at(-1);
  const [knownFirst] = known;
  if (!isFull || !first || !last || !knownFirst) return newest;
  const meets = knownFirst.position <= first.position && knownFirst.position >= last.position;
  return meets ? [...newest, ...known.filter(({ position }) => position < last.position)] : newest;
}
