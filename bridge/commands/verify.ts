import { type Command, word } from '../command.ts';
import { line } from '../text/line.ts';

const SAYS = { accepted: 'accepts', refused: 'refuses', unknown: 'could not be asked about' } as const;

export const verify: Command = {
  name: 'verify',
  usage: 'verify NAME',
  summary: 'ask the service whether it takes the key',
  options: {},
  words: [1, 1],
  async run(args, { core }) {
    const found = await (await core()).call('verifyCredential', { credential: word(args) });
    const { credential, state, account, reason } = found;
    const ofAccount = account === null ? '' : line`, account ${account}`;
    const why = reason === null ? '' : line` (${reason})`;
    return {
      exitCode: state === 'accepted' ? 0 : 1,
      json: found,
      text: `${line`${credential.providerName} ${SAYS[state]} “${credential.name}”`}${ofAccount}${why}.`,
    };
  },
};
