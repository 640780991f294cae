import type { ActivityEntry } from '../../main/activity/activity.schema.ts';
import { SITE_STATE } from '../../main/mcp/words.ts';
import { type Arguments, type Command, type Context, type Done, text } from '../command.ts';
import { plain, table } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

const DEFAULT_LIMIT = 50;
const usage = 'activity [NAME] [--limit N] [--csv]';

export const activity: Command = {
  name: 'activity',
  usage,
  summary: 'show what was done, newest first',
  details: [
    'NAME: only what was done about this key; one that was removed has its entries still.',
    '--csv: all of it as a table for spreadsheets, oldest first, with a row for each place that a rotation went through.',
  ],
  options: { limit: { type: 'string' }, csv: { type: 'boolean' } },
  words: [0, 1],
  async run(args, context) {
    const credential = args.positionals[0];
    if (args.values.csv === true) return asCsv(args, credential, context);
    const limit = limitOf(args);
    const wanted = { limit, ...(credential !== undefined && { credential }) };
    const entries = await (await context.core()).call('listActivity', wanted);
    return { json: entries, text: entries.length === 0 ? 'Nothing yet.' : table(entries.flatMap(rows)) };
  },
};

/** @throws {WrongUse} */
function limitOf(args: Arguments): number {
  const limit = Number(text(args, 'limit') ?? DEFAULT_LIMIT);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new WrongUse('The limit is a number from 1 to 1000.', `Usage: rekey ${usage}`);
}

/** @throws {WrongUse} */
async function asCsv(args: Arguments, credential: string | undefined, context: Context): Promise<Done> {
  if (args.values.limit !== undefined) {
    throw new WrongUse('--csv gives all of it, so it takes no limit.', `Usage: rekey ${usage}`);
  }
  const wanted = credential === undefined ? {} : { credential };
  const { csv } = await (await context.core()).call('exportActivity', wanted);
  // A file gets it byte by byte; at a terminal it must not move the cursor. Whoever prints this ends the last line.
  const shown = context.terminal.interactive ? csv.trimEnd().split('\r\n').map(plain).join('\n') : csv.slice(0, -1);
  return { json: { csv }, text: shown };
}

/** An entry, and what became of each place of its rotation. */
function rows({ at, kind, credential, who, detail, rotation }: ActivityEntry): string[][] {
  const sites = rotation?.sites ?? [];
  return [
    [at, kind, credential ?? '', who, detail ?? ''],
    ...sites.map(({ owner, file, line, state, problem }) => [
      '',
      '',
      '',
      owner,
      `${SITE_STATE[state]}: ${file}, line ${line}${problem === null ? '' : ` (${problem})`}`,
    ]),
  ];
}
