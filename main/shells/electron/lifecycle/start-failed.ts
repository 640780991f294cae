import { app, dialog } from 'electron';
import { errorView } from '../../../errors.ts';
import { inWords } from '../words.ts';

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
