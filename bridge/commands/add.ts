import { type Command, text, word } from '../command.ts';
import { settingsOf } from '../settings-of.ts';
import { line } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'add NAME --provider P [--base-url URL] [--setting NAME=VALUE]... [--even-if-refused]';

export const add: Command = {
  name: 'add',
  usage,
  summary: 'put a key into the keychain',
  details: [
    'The key is read from stdin, or typed at a hidden prompt; it is never an argument.',
    '--even-if-refused keeps a key that the service does not take.',
  ],
  options: {
    provider: { type: 'string' },
    'base-url': { type: 'string' },
    setting: { type: 'string', multiple: true },
    'even-if-refused': { type: 'boolean' },
  },
  words: [1, 1],
  async run(args, { core, terminal, interrupted }) {
    const name = word(args);
    const provider = text(args, 'provider');
    const settings = settingsOf(args, usage);
    const client = await core();
    if (provider === undefined) {
      const known = (await client.call('listProviders', {})).map(({ id }) => id).join(', ');
      throw new WrongUse('The provider is missing.', `Give one of these with --provider: ${known}.`);
    }
    const key = await terminal.secret('Key (it is not shown): ', interrupted);
    const baseUrl = text(args, 'base-url');
    const credential = await client.call('addCredential', {
      name,
      provider,
      // The one way of a typed key: over the socket of this user into the core.
      key: key.reveal(),
      ...(baseUrl !== undefined && { baseUrl }),
      settings,
      evenIfRefused: args.values['even-if-refused'] === true,
    });
    const { providerName, masked, verification } = credential;
    const state = verification?.state === 'accepted' ? 'the service accepts it' : 'the service has not confirmed it';
    return { json: credential, text: line`Added “${credential.name}” (${providerName}, ${masked}); ${state}.` };
  },
};
