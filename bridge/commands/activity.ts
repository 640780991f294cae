import { type Command, text } from '../command.ts';
import { table } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

const DEFAULT_LIMIT = 50;

export const activity: Command = {
  name: 'activity',
  usage: 'activity [--limit N]',
  summary: 'show what was done, newest first',
  options: { limit: { type: 'string' } },
  words: [0, 0],
  async run(args, { core }) {
    const limit = Number(text(args, 'limit') ?? DEFAULT_LIMIT);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
      throw new WrongUse('The limit is a number from 1 to 1000.', 'Usage: rekey activity [--limit N]');
    }
    const entries = await (await core()).call('listActivity', { limit });
    const rows = entries.map(({ at, kind, credential, who, detail }) => [
      at,
      kind,
      credential ?? '',
      who,
      detail ?? '',
    ]);
    return { json: entries, text: rows.length === 0 ? 'Nothing yet.' : table(rows) };
  },
};
