import clipboard from 'clipboardy';
import type { Clipboard } from '../../calls/parts.ts';
import { RekeyError } from '../../errors.ts';

/** After this time the clipboard is cleared, if it still holds the key. */
const CLEARED_AFTER_SECONDS = 30;

/**
 * The system's clipboard through its own programs (`pbcopy`, `clip`, `wl-copy`, `xsel`); the key goes to their standard
 * input. They know no way to keep it out of clipboard histories, which the desktop shell does.
 */
export const systemClipboard: Clipboard = {
  async copySecret(secret) {
    try {
      await clipboard.write(secret.reveal());
    } catch (cause) {
      throw new RekeyError(
        'clipboard-absent',
        'The clipboard of this machine can’t be reached. Nothing was copied.',
        'Copy the key on a machine with a desktop.',
        { cause },
      );
    }
    const timer = setTimeout(async () => {
      const now = await clipboard.read().catch(() => null);
      if (now === secret.reveal()) await clipboard.write('').catch(() => {});
    }, CLEARED_AFTER_SECONDS * 1_000);
    timer.unref();
    return CLEARED_AFTER_SECONDS;
  },
};
