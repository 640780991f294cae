import { CREDENTIAL_STATE } from '../../main/mcp/words.ts';
import type { Command } from '../command.ts';
import { table } from '../text/line.ts';

export const list: Command = {
  name: 'list',
  usage: 'list',
  summary: 'list the keys',
  options: {},
  words: [0, 0],
  async run(_args, { core }) {
    const credentials = await (await core()).call('listCredentials', {});
    const rows = credentials.map(({ name, providerName, masked, state, rotatedAt }) => [
      name,
      providerName,
      masked,
      CREDENTIAL_STATE[state],
      rotatedAt ?? 'never',
    ]);
    return {
      json: credentials,
      text:
        rows.length === 0
          ? 'No key yet: `rekey add NAME --provider P`.'
          : table([['NAME', 'SERVICE', 'KEY', 'STATE', 'ROTATED'], ...rows]),
    };
  },
};
