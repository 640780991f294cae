/** `2026-11-20 18:30:15.500`, where the person is. */
export function localTime(at: string | Date): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `2026-11-20`, where the person is. */
export function localDay(at: string | Date): string {
  return localTime(at).slice(0, 10);
}

const LOCAL = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[ T](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{3}))?)?)?)?)?)?$/;

/**
 * The last moment of a local time or of its beginning, a day or a minute say; null when it is none, or carries a zone.
 * It is what {@link localTime} gives, read back.
 */
export function endOfLocalTime(text: string): Date | null {
  const given = LOCAL.exec(text)
    ?.slice(1)
    .filter((part) => part !== undefined);
  if (!given) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = given.map(Number);
  const at = (step: number): Date => {
    const plus = (index: number): number => (index === given.length - 1 ? step : 0);
    return new Date(
      year + plus(0),
      month - 1 + plus(1),
      day + plus(2),
      hour + plus(3),
      minute + plus(4),
      second + plus(5),
      ms + plus(6),
    );
  };
  // A month 13 would be next year's January.
  if (!localTime(at(0)).startsWith(text.replace('T', ' '))) return null;
  return new Date(at(1).getTime() - 1);
}
