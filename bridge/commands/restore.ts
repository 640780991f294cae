import { resolve } from 'node:path';
import type { BackupView, Restored } from '../../main/backups/backup.schema.ts';
import { chooseVersion } from '../../main/backups/choose-version.ts';
import { BackupError } from '../../main/backups/errors.ts';
import { type Arguments, type Command, type Context, type Done, text } from '../command.ts';
import { backupsText, restoredText } from '../text/backups.ts';
import { line } from '../text/line.ts';
import { endOfLocalTime, localTime } from '../text/local-time.ts';
import { sizeText } from '../text/size.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'restore [FILE [--list] [--at TIME] [--as-it-was] [--yes]]';

export const restore: Command = {
  name: 'restore',
  usage,
  summary: 'list earlier versions of changed files, or put one back',
  details: [
    'Without FILE, or with --list, it lists: the last five versions of each file, up to 30 days.',
    'With FILE it puts the newest version back, and the current keys where earlier ones stood; --as-it-was leaves them.',
    '--at: the newest version not after this time, as it is listed or its beginning: 2026-11-20, "2026-11-20 18:30".',
    'The present version is kept first. --yes is for scripts, where nobody can be asked.',
  ],
  options: {
    at: { type: 'string' },
    list: { type: 'boolean' },
    'as-it-was': { type: 'boolean' },
    yes: { type: 'boolean' },
  },
  words: [0, 1],
  run(args, context) {
    const file = fileOf(args);
    const onlyLists = file === undefined || args.values.list === true;
    if (onlyLists && ['at', 'as-it-was', 'yes'].some((option) => args.values[option] !== undefined)) {
      throw new WrongUse('Which file to restore is not clear.', `Usage: rekey ${usage}`);
    }
    return onlyLists ? list(file, context) : putBack(file, args, context);
  },
};

/** Absolute; undefined when none is given. */
function fileOf({ positionals: [file] }: Arguments): string | undefined {
  // An empty path would be the working directory, which is not what an unset variable means.
  if (file === '') throw new WrongUse('The file has no name.', `Usage: rekey ${usage}`);
  return file === undefined ? undefined : resolve(file);
}

async function list(file: string | undefined, { core }: Context): Promise<Done> {
  const found = await (await core()).call('listBackups', file === undefined ? {} : { file });
  const isNone = file !== undefined && found.backups.length === 0 && found.damaged.length === 0;
  return { json: found, text: isNone ? line`Rekey holds no earlier version of ${file}.` : backupsText(found) };
}

async function putBack(file: string, args: Arguments, context: Context): Promise<Done> {
  if (args.values.yes !== true && !context.terminal.interactive)
    throw new WrongUse('Nobody is here to confirm this.', 'Add --yes if it is meant.');
  const client = await context.core();
  const { backups } = await client.call('listBackups', { file });
  const version = choose(file, backups, text(args, 'at'));
  // What is wrong with a version is told by the core; there is nothing to ask then.
  if (args.values.yes !== true && version.problem === null) await confirm(version, context);
  const asItWas = args.values['as-it-was'] === true;
  const restored = await client.call('restoreBackup', { file: version.file, at: version.at, asItWas });
  return { exitCode: isWhole(restored) ? 0 : 3, json: restored, text: restoredText(restored) };
}

/** @throws {WrongUse} for what is no time, {BackupError} when there is no such version. */
function choose(file: string, backups: readonly BackupView[], at: string | undefined): BackupView {
  const until = at === undefined ? undefined : (endOfLocalTime(at)?.toISOString() ?? zoned(at));
  try {
    return chooseVersion(file, backups, until, localTime);
  } catch (error) {
    if (error instanceof BackupError && error.code === 'backup-time-unclear') throw noTime();
    throw error;
  }
}

/** Without a zone it would have been a local time. */
function zoned(at: string): string {
  if (/Z$|[+-]\d\d:\d\d$/.test(at)) return at;
  throw noTime();
}

function noTime(): WrongUse {
  return new WrongUse(
    'That is no time that Rekey understands.',
    'Give it as it is listed, or its beginning, such as 2026-11-20 or "2026-11-20 18:30".',
  );
}

async function confirm({ file, at, size }: BackupView, { terminal, interrupted }: Context): Promise<void> {
  const question = line`Put ${file} back as it was at ${localTime(at)} (${sizeText(size)})? Type yes to go on: `;
  if ((await terminal.ask(question, interrupted)) !== 'yes')
    throw new WrongUse('That was not “yes”.', 'Run it again if it is meant.');
}

/** Whether every key that Rekey holds is in its place: what stands in comments or belongs to nobody known is told only. */
function isWhole({ left }: Restored): boolean {
  return !left.some(({ why }) => why === 'no-key' || why === 'not-writable');
}
