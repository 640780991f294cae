import { readFile, stat } from 'node:fs/promises';
import { RekeyError, systemCode } from '../../main/errors.ts';
import type { ServiceCheck, ServiceList } from '../../main/providers/described/service.schema.ts';
import { type Arguments, type Command, type Context, type Done, word } from '../command.ts';
import { line, table } from '../text/line.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'services [add FILE [--replace] | check FILE | remove ID [--yes] | example [NAME]]';
/** No description is longer; the core has the last word. */
const MOST_BYTES = 200_000;

class FileUnreadable extends RekeyError<'service-file-unreadable'> {}

export const services: Command = {
  name: 'services',
  usage,
  summary: 'list the services that you have described, add, check or remove one',
  details: [
    'A description is a JSON file: how a key is asked for, where the new one stands in the answer, how it is verified.',
    'check says what is wrong with a file, line by line, and changes nothing. example prints one to begin with.',
    'Only a person can add or remove one: in Rekey itself, or with this command at a terminal.',
  ],
  options: { replace: { type: 'boolean' }, yes: { type: 'boolean' } },
  words: [0, 2],
  async run(args, context) {
    const [what] = args.positionals;
    const action = what === undefined ? list : ACTIONS.get(what);
    const { replace, yes } = args.values;
    const odd = (replace && what !== 'add') || (yes && what !== 'remove');
    if (!action || odd) throw new WrongUse('What to do with the services is not clear.', `Usage: rekey ${usage}`);
    if (NEEDS_WORD.has(action) && args.positionals.length < 2)
      throw new WrongUse('Something is missing.', `Usage: rekey ${usage}`);
    return action(args, context);
  },
};

async function list(_args: Arguments, { core }: Context): Promise<Done> {
  const all = await (await core()).call('listServices', {});
  return { json: { services: all.services, broken: all.broken }, text: listText(all) };
}

async function check(args: Arguments, { core }: Context): Promise<Done> {
  const file = word(args, 1);
  const text = await textOf(file);
  const checked = await (await core()).call('checkService', { draft: { text } });
  return {
    exitCode: checked.problems.length === 0 ? 0 : 1,
    json: { file, ...checked },
    text: checkText(file, checked),
  };
}

async function add(args: Arguments, { core }: Context): Promise<Done> {
  const file = word(args, 1);
  const text = await textOf(file);
  const client = await core();
  const checked = await client.call('checkService', { draft: { text } });
  if (checked.problems.length > 0)
    return { exitCode: 1, json: { file, ...checked }, text: `${checkText(file, checked)}\nNothing was stored.` };
  const saved = await client.call('saveService', { draft: { text }, replace: args.values.replace === true });
  return {
    json: saved,
    text: line`“${saved.name}” is there now: put a key of it in with \`rekey add NAME --provider ${saved.id}\`.`,
  };
}

async function remove(args: Arguments, { core, terminal, interrupted }: Context): Promise<Done> {
  const id = word(args, 1);
  if (args.values.yes !== true) {
    if (!terminal.interactive) throw new WrongUse('Nobody is here to confirm this.', 'Add --yes if it is meant.');
    const question = line`The description of “${id}” will be deleted. Type yes to go on: `;
    if ((await terminal.ask(question, interrupted)) !== 'yes')
      throw new WrongUse('That was not “yes”.', 'Run it again if it is meant.');
  }
  const { removed } = await (await core()).call('removeService', { id });
  return { json: { removed }, text: line`Removed the description of “${removed}”.` };
}

async function example(args: Arguments, { core }: Context): Promise<Done> {
  const { examples } = await (await core()).call('listServices', {});
  const name = args.positionals[1];
  if (name === undefined) {
    const rows = examples.map((one) => [one.name, one.about]);
    return { json: examples, text: `${table(rows)}\n\nPrint one with \`rekey services example NAME\`.` };
  }
  const found = examples.find((one) => one.name === name);
  if (!found)
    throw new WrongUse('There is no such example.', `Give one of: ${examples.map((one) => one.name).join(', ')}.`);
  return { json: found, text: found.text.trimEnd() };
}

const ACTIONS: ReadonlyMap<string, typeof list> = new Map(Object.entries({ add, check, remove, example }));
const NEEDS_WORD: ReadonlySet<typeof list> = new Set([add, check, remove]);

/** @throws {FileUnreadable} */
async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MOST_BYTES) return await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, systemCode(error) ?? 'unknown reason');
  }
  throw unreadable(file, 'it is too long');
}

function unreadable(file: string, why: string): FileUnreadable {
  return new FileUnreadable(
    'service-file-unreadable',
    `The file ${file} can’t be read as a description (${why}). Nothing was changed.`,
    'Give the path of a JSON file; `rekey services example` shows some.',
  );
}

function checkText(file: string, { name, replaces, problems }: ServiceCheck): string {
  if (problems.length === 0)
    return line`${file} describes “${name ?? ''}”${replaces ? ', of which there is a description already' : ''}. Rekey can use it.`;
  return problems
    .map((problem) => line`${file}:${problem.line}: ${problem.field}${problem.field && ': '}${problem.message}`)
    .join('\n');
}

const WAYS = { 'in-place': 'rotates in place', overlap: 'makes a second key', manual: 'by hand' } as const;

function listText({ services: all, broken }: ServiceList): string {
  const rows = all.map(({ id, name, strategy, verifies, usedBy }) => [
    id,
    name,
    WAYS[strategy],
    verifies ? 'verifies' : 'can’t be asked',
    usedBy.join(', '),
  ]);
  const known =
    rows.length === 0
      ? 'No service is described yet: see `rekey services example`.'
      : table([['ID', 'NAME', 'WAY', 'KEYS', 'USED BY'], ...rows]);
  const rest = broken.flatMap(({ file, problems }) => [
    '',
    line`${file} can’t be used:`,
    ...problems.map(({ line: at, field, message }) => line`  line ${at}${field && ', '}${field}: ${message}`),
  ]);
  return [known, ...rest].join('\n');
}
