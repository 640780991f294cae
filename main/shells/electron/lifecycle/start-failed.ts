import { app, dialog } from 'electron';
import { errorView } from '../../../errors.ts';
import { inWords } from '../words.ts';

/** A fault may have stopped just what would answer. In milliseconds. */
const PUT_AWAY_WITHIN_MS = 1_000;

/**
 * Tells that a fault in Rekey itself ends it, and ends it.
 * @param putAway takes a key out of the clipboard, if it can.
 */
export function endAfterFault(putAway: () => Promise<void>): void {
  dialog.showErrorBox(
    inWords('Rekey has ended'),
    inWords(
      'Something in Rekey itself went wrong. Start it again: it goes on where it stopped, and shows you what can be reported.',
    ),
  );
  const tooLong = new Promise((resolve) => setTimeout(resolve, PUT_AWAY_WITHIN_MS));
  void Promise.race([putAway().catch(() => {}), tooLong]).then(() => app.exit(1));
}

/**
 * Tells why Rekey could not start, and ends it.
 * @param byBridge started for an MCP host: that another Rekey serves it already is then no news to anybody.
 */
export function endWithWords(error: unknown, byBridge: boolean): void {
  const { code, message, wayOut } = errorView(error);
  if (byBridge && code === 'already-running') {
    app.exit(0);
    return;
  }
  dialog.showErrorBox(inWords('Rekey could not start'), `${inWords(message)}\n\n${inWords(wayOut)}`);
  app.exit(1);
}
