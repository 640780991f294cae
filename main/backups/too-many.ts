/** Rotations that were confirmed together end within this time of each other. */
const TOGETHER_MS = 60_000;

/**
 * Which versions of a file go when only so many are kept: the oldest ones, but first those between the first and the
 * last of several that were kept at once. Twelve keys that are rotated together in one file must not push out what the
 * person may want back, and between two of them nothing but a key is different. Pure.
 *
 * @param times ISO, newest first.
 */
export function tooMany(times: readonly string[], most: number): string[] {
  const kept = [...times];
  const gone: string[] = [];
  while (kept.length > most) {
    const between = kept.findIndex((at, index) => index > 0 && isSoonAfter(at, kept[index + 1]));
    gone.push(...kept.splice(between === -1 ? kept.length - 1 : between, 1));
  }
  return gone;
}

function isSoonAfter(at: string, before: string | undefined): boolean {
  return before !== undefined && Date.parse(at) - Date.parse(before) < TOGETHER_MS;
}
