import { app, dialog } from 'electron';
import { errorView } from '../../../errors.ts';

/** Tells that a fault in Rekey itself ends it. */
export function endAfterFault(): void {
  dialog.showErrorBox(
    'Rekey has ended',
    'Something in Rekey itself went wrong. Start it again: it goes on where it stopped, and shows you what can be reported.',
  );
  app.exit(1);
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
  dialog.showErrorBox('Rekey could not start', `${message}\n\n${wayOut}`);
  app.exit(1);
}
