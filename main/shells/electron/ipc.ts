import { ipcMain } from 'electron';
import { type BridgeAnswer, CALL_CHANNEL, EVENT_CHANNEL } from '../../../preload/bridge.ts';
import type { Core } from '../../calls/dispatch.ts';
import { errorView } from '../../errors.ts';
import type { Platform } from '../../machine.ts';
import { confirmPresence } from './presence/touch-id.ts';
import { checkQuestion } from './security/own-question.ts';
import { windowOf } from './security/sender.ts';
import type { OpenWindows } from './windows/open-windows.ts';

/**
 * The one place that all messages pass: calls of the pages in, events of the core out.
 *
 * What a message may do depends on the window that it came from, and never on what it says of itself.
 */
export function carryCalls(core: Core, windows: OpenWindows, platform: Platform): void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<BridgeAnswer> => {
    try {
      const window = windowOf(event, windows);
      checkQuestion(window, name, input);
      await confirmPresence(platform, name);
      return { result: await core.callUntyped(typeof name === 'string' ? name : '', input, window.caller) };
    } catch (error) {
      return { failure: errorView(error) };
    }
  });
  core.on((event) => windows.send(EVENT_CHANNEL, event));
}
