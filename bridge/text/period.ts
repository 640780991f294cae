import { type RotateEveryDays, RotateEveryDaysSchema } from '../../main/credentials/credential.schema.ts';

/** `off`, `30`, `60` or `90` as days, 0 for `off`; undefined for anything else. */
export function periodOf(text: string): RotateEveryDays | undefined {
  if (text === 'off') return 0;
  return [...RotateEveryDaysSchema.values].find((days) => days !== 0 && String(days) === text);
}

/** `1 day`, `93 days`. */
export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
