import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import type { CredentialView } from '../../preload/contract.ts';
import { type Command, word } from '../command.ts';
import { line } from '../text/line.ts';
import { localDay } from '../text/local-time.ts';
import { daysText, periodOf } from '../text/period.ts';
import { WrongUse } from '../wrong-use.ts';

const usage = 'remind NAME off|30|60|90|default|later';

export const remind: Command = {
  name: 'remind',
  usage,
  summary: 'choose when Rekey reminds you to rotate a key',
  details: [
    'off, 30, 60, 90: never, or when the key is so many days old. default: as `rekey settings --rotate-every` says.',
    'later: what is due of this key now is put off for a week.',
    'Only a person can change this: in Rekey itself, or with this command at a terminal.',
  ],
  options: {},
  words: [2, 2],
  async run(args, { core }) {
    const credential = word(args);
    const when = word(args, 1);
    if (when === 'later') {
      const put = await (await core()).call('snoozeReminder', { credential });
      return { json: put, text: line`Rekey reminds you of “${put.credential}” in a week.` };
    }
    const everyDays = when === 'default' ? null : periodOf(when);
    if (everyDays === undefined) throw new WrongUse('There is no such choice.', `Usage: rekey ${usage}`);
    const view = await (await core()).call('setReminder', { credential, everyDays });
    return { json: view, text: reminderText(view, everyDays) };
  },
};

function reminderText({ name, age, due, dueAt }: CredentialView, everyDays: RotateEveryDays | null): string {
  const by = everyDays === null ? ', as the settings say' : '';
  if (dueAt === null) return line`Rekey does not remind you to rotate “${name}”${by}.`;
  if (due) return line`“${name}” is ${daysText(age)} old and due to be rotated${by}.`;
  return line`“${name}” is ${daysText(age)} old and due to be rotated on ${localDay(dueAt)}${by}.`;
}
