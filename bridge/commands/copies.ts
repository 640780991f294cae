import { resolve } from 'node:path';
import type { HostView } from '../../main/hosts/host.schema.ts';
import { type Arguments, type Command, type Context, type Done, word } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { line, plain, table } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'copies [--patch|--delete [PATH]]';

type Copy = HostView['copies'][number];

export const copies: Command = {
  name: 'copies',
  usage,
  summary: 'list copies that programs made of their files and that hold a key, patch or delete them',
  details: [
    '--patch puts the new key in the place of the one before it; --delete deletes the copy. Without PATH: all of them.',
    'What a copy was is kept: `rekey restore PATH` brings it back. Only for a person at a terminal.',
  ],
  options: { patch: { type: 'boolean' }, delete: { type: 'boolean' } },
  words: [0, 1],
  async run(args, context) {
    const { patch, delete: remove } = args.values;
    if (patch && remove) throw new WrongUse('--patch and --delete exclude each other.', `Usage: rekey ${usage}`);
    if (!patch && !remove && args.positionals.length > 0)
      throw new WrongUse('What to do with the copy is not clear.', `Usage: rekey ${usage}`);
    if ((patch || remove) && !context.terminal.interactive)
      throw new WrongUse('Nobody is here to confirm this.', 'Run it at a terminal.');
    const core = await context.core();
    const all = onceEach((await core.call('listHosts', {})).flatMap((host) => host.copies));
    if (!patch && !remove) return { json: all, text: listText(all) };
    return change(patch ? 'patch' : 'delete', chosen(args, all), core, context);
  },
};

/** Several programs may keep their copies in one place. */
function onceEach(all: readonly Copy[]): Copy[] {
  return [...new Map(all.map((copy) => [`${copy.path}\n${copy.credential}`, copy])).values()];
}

/** Those that the person means, with the credentials whose earlier key is in them. What is no copy, the core refuses. */
function chosen(args: Arguments, all: readonly Copy[]): { path: string; credentials: readonly string[] }[] {
  const given = args.positionals.length === 0 ? null : resolve(word(args));
  const paths = given === null ? [...new Set(all.map(({ path }) => path))] : [given];
  return paths.map((path) => ({
    path,
    credentials: all.filter((copy) => copy.path === path && copy.holdsEarlier).map(({ credential }) => credential),
  }));
}

async function change(
  what: 'patch' | 'delete',
  meant: ReturnType<typeof chosen>,
  core: CoreClient,
  { terminal, interrupted, say }: Context,
): Promise<Done> {
  const copies = what === 'delete' ? meant : meant.filter(({ credentials }) => credentials.length > 0);
  if (copies.length === 0) return { json: [], text: 'No copy holds an earlier key. Nothing was changed.' };
  for (const { path } of copies) say(line`  ${path}`);
  const question = what === 'patch' ? 'Put the new key into' : 'Delete';
  const these = copies.length === 1 ? 'this copy' : `these ${copies.length} copies`;
  if ((await terminal.ask(`${question} ${these}? Type yes to go on: `, interrupted)) !== 'yes')
    throw new WrongUse('That was not “yes”.', 'Run it again if it is meant.');
  const done: unknown[] = [];
  for (const { path, credentials } of copies) {
    if (what === 'delete') {
      done.push(await core.call('deleteCopy', { path }));
      say(line`Deleted ${path}. It can be restored: rekey restore "${path}".`);
    }
    for (const credential of what === 'patch' ? credentials : []) {
      done.push(await core.call('patchCopy', { path, credential }));
      say(line`Put the new key of “${credential}” into ${path}.`);
    }
  }
  return { json: done, text: '' };
}

function listText(all: readonly Copy[]): string {
  if (all.length === 0) return plain('No copy that a program made holds a key of yours.');
  return table(
    all.map(({ path, credential, holdsEarlier }) => [
      credential,
      holdsEarlier ? 'holds the earlier key' : 'holds the present key',
      path,
    ]),
  );
}
