import { BackupError } from './errors.ts';

/** A time in UTC, or its beginning: `2026`, `2026-11-20`, `2026-11-20T23:55`, `2026-11-20T23:55:34.123Z`. */
const BEGINNING = /^(\d{4}(?:-\d\d(?:-\d\d(?:T\d\d(?::\d\d(?::\d\d(?:\.\d{1,3})?)?)?)?)?)?)Z?$/;
/** What the beginning of a time leaves out. */
const MIDNIGHT = '0000-01-01T00:00:00.000Z';
/** A moment elsewhere: `2026-11-20T23:55+01:00`. */
const ELSEWHERE = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*[+-]\d\d:\d\d$/;

/**
 * The newest version that is not after a time. The beginning of a time stands for all of it: a day for its last moment.
 *
 * @param versions newest first.
 * @param at the newest of all when it is left out.
 * @throws {BackupError} `backup-none`, `backup-none-at` with the times that there are, `backup-time-unclear`.
 */
export function chooseVersion<T extends { readonly at: string }>(
  file: string,
  versions: readonly T[],
  at: string | undefined,
  spell: (at: string) => string = (time) => time,
): T {
  const [newest] = versions;
  if (!newest) {
    throw new BackupError(
      'backup-none',
      `Rekey holds no earlier version of ${file}. Nothing was changed.`,
      'See which files have some in the list of all earlier versions.',
    );
  }
  if (at === undefined) return newest;
  const until = untilOf(at);
  const found = versions.find((version) => version.at.slice(0, until.length) <= until);
  if (found) return found;
  throw new BackupError(
    'backup-none-at',
    `Rekey holds no version of ${file} from ${spell(at)} or before. Nothing was changed.`,
    `Choose one of: ${versions.map((version) => spell(version.at)).join(', ')}.`,
  );
}

function untilOf(at: string): string {
  const beginning = BEGINNING.exec(at)?.[1];
  if (beginning !== undefined && isTime(beginning + MIDNIGHT.slice(beginning.length))) return beginning;
  if (ELSEWHERE.test(at) && isTime(at)) return new Date(at).toISOString();
  throw new BackupError(
    'backup-time-unclear',
    'That is no time that Rekey understands. Nothing was changed.',
    'Give it as it is listed, or its beginning, such as 2026-11-20 or 2026-11-20T18:30.',
  );
}

function isTime(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}
