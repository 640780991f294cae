import { RekeyError } from '../../main/errors.ts';
import type { ProviderView } from '../../main/providers/provider.schema.ts';
import type { FoundKey } from '../../main/scan/scan.schema.ts';
import type { Command, Context } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { line, plain } from '../text/line.ts';
import { foundWhere, scanText } from '../text/scan.ts';

export const scan: Command = {
  name: 'scan',
  usage: 'scan',
  summary: 'look for keys in plain text in the files of programs and services, and take them in',
  details: [
    'No key is shown: only its public beginning and its fingerprint. Nothing is changed in a file.',
    'At a terminal it offers each key that Rekey could rotate and does not hold yet: give it a name, or press Enter.',
  ],
  options: {},
  words: [0, 0],
  async run(_args, context) {
    const core = await context.core();
    const found = await core.call('scanFiles', {});
    const text = scanText(found);
    const offered = found.findings.filter(({ providers }) => providers.length > 0);
    if (!context.terminal.interactive || context.json || offered.length === 0) return { json: found, text };
    context.say(text);
    const taken = await offerAll(offered, core, context);
    return { json: found, text: taken.length === 0 ? 'No key was taken in.' : taken.join('\n') };
  },
};

/** @returns what to say of those that were taken in. */
async function offerAll(offered: readonly FoundKey[], core: CoreClient, context: Context): Promise<string[]> {
  const providers = await core.call('listProviders', {});
  const taken: string[] = [];
  const done = new Set<string>();
  for (const key of offered) {
    const provider = providers.find(({ id }) => key.providers.includes(id));
    // The same key elsewhere is known by now.
    if (!provider || done.has(key.masked)) continue;
    const name = await offer(key, provider, core, context);
    if (name === null) continue;
    done.add(key.masked);
    taken.push(line`Took in “${name}” (${provider.name}, ${key.masked}).`);
  }
  return taken;
}

/** @returns its name; null when the person leaves it, or it can't be kept. */
async function offer(
  key: FoundKey,
  provider: ProviderView,
  core: CoreClient,
  context: Context,
): Promise<string | null> {
  const { terminal, interrupted, say } = context;
  say('');
  say(line`${key.masked} of ${provider.name}: ${key.file}, line ${key.line}, ${foundWhere(key)}`);
  const name = await terminal.ask('Name to keep it under, or Enter to leave it: ', interrupted);
  if (name === '') return null;
  const settings: Record<string, string> = {};
  for (const field of provider.settings.filter(({ required }) => required)) {
    settings[field.name] = await terminal.ask(line`${field.label}: `, interrupted);
  }
  const input = { finding: key.id, name, provider: provider.id, settings };
  try {
    return (await core.call('takeIn', input)).name;
  } catch (error) {
    if (!(error instanceof RekeyError)) throw error;
    say(plain(`${error.message} ${error.wayOut}`));
    if (error.code !== 'credential-key-refused') return null;
    if ((await terminal.ask('Keep it all the same? Type yes: ', interrupted)) !== 'yes') return null;
    return (await core.call('takeIn', { ...input, evenIfRefused: true })).name;
  }
}
