const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly (readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [365 * DAY, 'year'],
  [30 * DAY, 'month'],
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** "3 days ago", "just now" in the language's own words. */
export function ago(at: string, now: number, language: string): string {
  const seconds = Math.max(0, (now - Date.parse(at)) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const [length, unit] = STEPS.find(([length]) => seconds >= length) ?? [1, 'second'];
  return length === 1 ? format.format(0, 'second') : format.format(-Math.floor(seconds / length), unit);
}

/** What is left until `until`: minutes, rounded up; seconds within the last one; null when it is over. */
export function left(until: string, now: number, language: string): string | null {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (seconds <= 0) return null;
  return seconds <= MINUTE ? duration(seconds, 'second', language) : minutes(Math.ceil(seconds / MINUTE), language);
}

/** "60 min", and from two hours on "2 hr 5 min". */
export function minutes(count: number, language: string): string {
  const [hours, rest] = count < 120 ? [0, count] : [Math.floor(count / 60), count % 60];
  const parts = [
    hours > 0 ? duration(hours, 'hour', language) : '',
    rest > 0 ? duration(rest, 'minute', language) : '',
  ];
  return new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }).format(parts.filter(Boolean));
}

/** "1:42", as a clock that runs down. */
export function clock(until: string, now: number): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function timeOfDay(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

export function dateAndTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));
}

/** With seconds, to tell things apart that happened shortly after one another. */
export function dateAndExactTime(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

function duration(count: number, unit: 'second' | 'minute' | 'hour', language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

const LONG_UNITS = [
  [7 * 24 * 60, 'week'],
  [24 * 60, 'day'],
  [60, 'hour'],
  [1, 'minute'],
] as const;

/** "1 week", "2 days", "90 minutes": in the greatest unit that goes into it without a rest. */
export function span(count: number, language: string): string {
  const [length, unit] = LONG_UNITS.find(([length]) => count % length === 0 && count >= length) ?? [1, 'minute'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count / length);
}
