import { readFile } from 'node:fs/promises';
import { Secret } from '../../main/credentials/secret.ts';
import type { KeychainState } from '../../preload/contract.ts';
import type { Command, Context } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { WrongUse } from '../wrong-use.ts';
import { keychainText } from './status.ts';

const usage = 'keychain [os | file]';

export const keychain: Command = {
  name: 'keychain',
  usage,
  summary: 'show, choose or unlock where the keys are kept',
  details: [
    'os: the keychain of the system. file: a file encrypted under a passphrase, for machines that have none.',
    'The passphrase is typed at a hidden prompt, or read from the file that REKEY_PASSPHRASE_FILE names.',
  ],
  options: {},
  words: [0, 1],
  async run({ positionals: [choice] }, context) {
    if (choice !== undefined && choice !== 'os' && choice !== 'file') {
      throw new WrongUse('There is no such keychain.', `Usage: rekey ${usage}`);
    }
    const client = await context.core();
    const before = (await client.call('getStatus', {})).keychain;
    const now = choice === undefined ? before : await choose(client, choice, before, context);
    return {
      exitCode: choice === undefined || now.status === 'ready' ? 0 : 1,
      json: now,
      text: keychainText(now),
    };
  },
};

/** Choosing what is chosen already unlocks it. */
async function choose(
  client: CoreClient,
  choice: 'os' | 'file',
  before: KeychainState,
  context: Context,
): Promise<KeychainState> {
  if (before.kind === choice && before.status === 'ready') return before;
  if (choice === 'os')
    return before.kind === 'os' ? client.call('unlockKeychain', {}) : client.call('chooseKeychain', { kind: 'os' });
  const isNew = before.kind !== 'file';
  const passphrase = (await readPassphrase(context, isNew)).reveal();
  return isNew
    ? client.call('chooseKeychain', { kind: 'file', passphrase })
    : client.call('unlockKeychain', { passphrase });
}

async function readPassphrase({ terminal, interrupted }: Context, isNew: boolean): Promise<Secret> {
  const file = process.env.REKEY_PASSPHRASE_FILE;
  if (file) return fromFile(file);
  const passphrase = await terminal.secret('Passphrase (it is not shown): ', interrupted);
  if (isNew && terminal.canHide && !passphrase.equals(await terminal.secret('Once more: ', interrupted))) {
    throw new WrongUse('The two were not the same.', 'Run it again.');
  }
  return passphrase;
}

async function fromFile(file: string): Promise<Secret> {
  try {
    return new Secret((await readFile(file, 'utf8')).replace(/\r?\n$/, ''));
  } catch {
    throw new WrongUse(
      'The file that REKEY_PASSPHRASE_FILE names can’t be read.',
      'Correct it, or unset the variable.',
    );
  }
}
