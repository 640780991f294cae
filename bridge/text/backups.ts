import type { BackupList, BackupView, LeftKey, Restored } from '../../main/backups/backup.schema.ts';
import { line, plain, table } from './line.ts';
import { localTime } from './local-time.ts';
import { section } from './plan.ts';
import { sizeText } from './size.ts';

/** Earlier versions, file by file, with what is wrong with some. */
export function backupsText({ backups, damaged }: BackupList): string {
  if (backups.length === 0 && damaged.length === 0) return 'Rekey holds no earlier version of any file.';
  const files = [...new Set(backups.map(({ file }) => file))].map((file) => {
    const versions = backups.filter((backup) => backup.file === file);
    return `${plain(file)}\n${table(versions.map(row), '  ')}`;
  });
  return [...files, ...damaged.map(({ message }) => plain(message))].join('\n\n');
}

function row({ at, size, reason, problem }: BackupView): string[] {
  const why = whyKept(reason);
  return [localTime(at), sizeText(size), problem ? `${why}; ${wrongWith(problem.code)}` : why];
}

function whyKept(reason: BackupView['reason']): string {
  switch (reason.kind) {
    case 'rotation':
      return `before the rotation of “${reason.credential}”`;
    case 'restore':
      return 'before a restore';
    case 'redaction':
      return `before a key of “${reason.credential}” was redacted`;
    case 'copy-patch':
      return `before the new key of “${reason.credential}” was put into this copy`;
    case 'copy-deletion':
      return 'before this copy was deleted';
    case 'connection':
      return 'before the server rekey was put in or taken out';
  }
}

/** The core's own words name file and time once more, which stand here already. */
function wrongWith(code: string): string {
  return code === 'backup-key-gone' ? 'sealed with a key that this keychain does not hold' : 'damaged';
}

/** What a restore has done, and what the person should know of the keys in the file. */
export function restoredText({ file, at, changed, replaced, keys, putIn, left }: Restored): string {
  return [
    changed
      ? line`Restored ${file} as it was at ${localTime(at)}.`
      : line`${file} is as it was at ${localTime(at)} already. Nothing was changed.`,
    ...(replaced === null ? [] : [line`The version until now is kept: --at "${localTime(replaced)}" brings it back.`]),
    ...(keys === 'current' ? [] : [KEYS_OF_THEN[keys]]),
    ...putIn.map(
      ({ credential, places }) =>
        line`The current key of “${credential}” stands in ${places === 1 ? '1 place' : `${places} places`}.`,
    ),
    ...section('Left as they are:', left.map(leftText)),
  ].join('\n');
}

const KEYS_OF_THEN: Readonly<Record<Exclude<Restored['keys'], 'current'>, string>> = {
  'as-it-was': 'The keys in it are those of then; one that was rotated since no longer works.',
  'not-parsable': 'It can’t be read as settings, so the keys in it are those of then.',
  'no-host': 'It belongs to no program that Rekey knows, so the keys in it are those of then.',
};

function leftText({ why, credential, server, line }: LeftKey): string {
  const whose = credential === null ? 'a key that Rekey does not hold' : `an old key of “${credential}”`;
  const where = [line === null ? '' : `line ${line}`, server === null ? '' : `server “${server}”`].filter(Boolean);
  return `${where.join(', ')}: ${whose}${WHY_LEFT[why]}`;
}

const WHY_LEFT: Readonly<Record<LeftKey['why'], string>> = {
  'in-comment': ' in a comment; remove it there yourself.',
  'outside-server-table': ' outside the servers; change it there yourself.',
  'not-writable': '; the current one can’t be written there, so put it there by hand.',
  'no-key': '; the keychain does not give the current one.',
  'unknown-key': '; see whether it still works.',
};
