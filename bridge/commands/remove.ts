import { type Command, word } from '../command.ts';
import { line } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

export const remove: Command = {
  name: 'remove',
  usage: 'remove NAME [--yes]',
  summary: 'delete a key from the keychain; the service and the files keep it',
  options: { yes: { type: 'boolean' } },
  words: [1, 1],
  async run(args, { core, terminal, interrupted }) {
    const client = await core();
    const name = word(args);
    if (args.values.yes !== true) {
      if (!terminal.interactive) throw new WrongUse('Nobody is here to confirm this.', 'Add --yes if it is meant.');
      const question = line`Rekey will no longer have “${name}”, and can't give it back. Type the name to go on: `;
      if ((await terminal.ask(question, interrupted)) !== name) {
        throw new WrongUse('That was not the name.', 'Run it again if it is meant.');
      }
    }
    const { removed } = await client.call('removeCredential', { credential: name });
    return { json: { removed }, text: line`Removed “${removed}” from the keychain.` };
  },
};
