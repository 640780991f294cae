import { type Command, word } from '../command.ts';
import { findRotation } from '../find-rotation.ts';
import { line } from '../text/line.ts';

export const copyNew: Command = {
  name: 'copy-new',
  usage: 'copy-new NAME|ID',
  summary: 'copy a new key that neither the disk nor the keychain has taken',
  details: [
    'For a rotation that stands still with the new key in Rekey’s memory. Only for a person at a terminal with a clipboard.',
  ],
  options: {},
  words: [1, 1],
  async run(args, { core: open }) {
    const core = await open();
    const { id, target } = await findRotation(core, word(args), 'copy-key');
    const copied = await core.call('copyNewKey', { id });
    const seconds = copied.clearedAfterSeconds;
    return {
      json: copied,
      text: line`Copied the new key of “${target.name}”. Paste it somewhere safe; the clipboard is cleared after ${seconds} seconds.`,
    };
  },
};
