import { resolve } from 'node:path';
import { type Command, word } from '../command.ts';
import { line } from '../text/line.ts';
import { localTime } from '../text/local-time.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'redact FILE CREDENTIAL [--also-current]';

export const redact: Command = {
  name: 'redact',
  usage,
  summary: 'take an old key out of comments, chats and whatever else a rotation leaves as it is',
  details: [
    'Writes REDACTED-BY-REKEY in its place, and changes nothing else in the file. Servers keep their keys.',
    '--also-current: the key of now too. The version until then is kept: `rekey restore FILE` brings it back.',
    'Only for a person at a terminal.',
  ],
  options: { 'also-current': { type: 'boolean' } },
  words: [2, 2],
  async run(args, { core, terminal, interrupted }) {
    if (word(args) === '') throw new WrongUse('The file has no name.', `Usage: rekey ${usage}`);
    const [file, credential] = [resolve(word(args)), word(args, 1)];
    if (!terminal.interactive) throw new WrongUse('Nobody is here to confirm this.', 'Run it at a terminal.');
    const alsoCurrent = args.values['also-current'] === true;
    const which = alsoCurrent ? 'the earlier key and the present key' : 'the earlier key';
    const client = await core();
    const question = line`Take ${which} of “${credential}” out of ${file}, but not out of its servers? Type yes to go on: `;
    if ((await terminal.ask(question, interrupted)) !== 'yes')
      throw new WrongUse('That was not “yes”.', 'Run it again if it is meant.');
    const redacted = await client.call('redactKey', { file, credential, alsoCurrent });
    const { places, kept } = redacted;
    const text =
      kept === null
        ? line`No such key of “${redacted.credential}” stands in ${redacted.file} outside the servers. Nothing was changed.`
        : line`Redacted in ${places === 1 ? '1 place' : `${places} places`} of ${redacted.file}. The version until now is kept: rekey restore "${redacted.file}" --at "${localTime(kept)}".`;
    return { json: redacted, text };
  },
};
