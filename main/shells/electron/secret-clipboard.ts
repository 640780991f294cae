import { ClipboardItem, clipboard } from 'electron';
import type { Clipboard } from '../../calls/parts.ts';
import type { Secret } from '../../credentials/secret.ts';
import { RekeyError } from '../../errors.ts';
import type { Platform } from '../../machine.ts';
import { concealedFormats } from './concealed-formats.ts';

export class ClipboardError extends RekeyError<'clipboard-failed'> {}

/** After this time the clipboard is cleared, if it still holds the key. */
const CLEARED_AFTER_SECONDS = 30;

/** The system's clipboard for keys: kept out of its histories, and cleared soon. */
export class SecretClipboard implements Clipboard {
  readonly #platform: Platform;
  #copied: { readonly secret: Secret; readonly timer: NodeJS.Timeout } | null = null;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * @returns seconds until it is cleared.
   * @throws {ClipboardError}
   */
  async copySecret(secret: Secret): Promise<number> {
    try {
      // One item in one write: a key that came first and its marks after it would be in every history by then.
      await clipboard.write([
        new ClipboardItem({ 'text/plain': secret.reveal(), ...concealedFormats(this.#platform) }),
      ]);
    } catch (cause) {
      throw new ClipboardError(
        'clipboard-failed',
        'The clipboard did not take the key. Nothing was copied.',
        'Try again in a moment; another program may be using the clipboard.',
        { cause },
      );
    }
    clearTimeout(this.#copied?.timer);
    const timer = setTimeout(() => void this.clear(), CLEARED_AFTER_SECONDS * 1_000);
    timer.unref();
    this.#copied = { secret, timer };
    return CLEARED_AFTER_SECONDS;
  }

  /** Clears the clipboard if it still holds the key that was copied last, and leaves whatever came after it alone. */
  async clear(): Promise<void> {
    const copied = this.#copied;
    if (!copied) return;
    clearTimeout(copied.timer);
    this.#copied = null;
    try {
      if ((await clipboard.readText()) === copied.secret.reveal()) clipboard.clear();
    } catch {
      // A clipboard that can't be read is another program's at this moment, and so is what it holds.
    }
  }
}
