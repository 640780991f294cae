import { app } from 'electron';

/** Switches of Chromium by which another program looks into the pages, or weakens them. */
const SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'disable-web-security',
  'js-flags',
  'load-extension',
] as const;

/**
 * A program that starts Rekey can't get into its windows by Chromium's tools for developers, and confirm there in the
 * person's place. Before the app is ready. What Node listens to is closed by the fuses of a packaged build.
 * @see https://www.electronjs.org/docs/latest/tutorial/security#19-check-which-fuses-you-can-change
 * @see https://www.electronjs.org/docs/latest/api/command-line#commandlineremoveswitchswitch
 */
export function denyDebugging(): void {
  if (!app.isPackaged) return;
  for (const name of SWITCHES) app.commandLine.removeSwitch(name);
}
