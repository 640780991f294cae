import { app } from 'electron';

/**
 * Every page runs in Chromium's sandbox, whatever a window says of itself. Before the app is ready.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#4-enable-process-sandboxing
 */
export function enableSandbox(): void {
  app.enableSandbox();
}
