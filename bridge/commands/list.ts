import { CREDENTIAL_STATE } from '../../main/mcp/words.ts';
import type { Command } from '../command.ts';
import { table } from '../text/line.ts';
import { localDay } from '../text/local-time.ts';
import { daysText } from '../text/period.ts';

export const list: Command = {
  name: 'list',
  usage: 'list',
  summary: 'list the keys',
  options: {},
  words: [0, 0],
  async run(_args, { core }) {
    const credentials = await (await core()).call('listCredentials', {});
    const rows = credentials.map(({ name, providerName, masked, state, rotatedAt, age, due, dueAt }) => [
      name,
      providerName,
      masked,
      CREDENTIAL_STATE[state],
      rotatedAt ?? 'never',
      daysText(age),
      due ? 'now' : dueAt === null ? 'off' : localDay(dueAt),
    ]);
    return {
      json: credentials,
      text:
        rows.length === 0
          ? 'No key yet: `rekey add NAME --provider P`.'
          : table([['NAME', 'SERVICE', 'KEY', 'STATE', 'ROTATED', 'AGE', 'DUE'], ...rows]),
    };
  },
};
