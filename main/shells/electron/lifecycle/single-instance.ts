import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';
import { RekeyError, systemCode } from '../../../errors.ts';

export class InstanceError extends RekeyError<'data-folder-unusable'> {}

/** What a second instance tells the first. */
interface Start {
  readonly byBridge: boolean;
}

/**
 * Lets one instance per data folder go on, and ends this process if it isn't the first.
 *
 * Chromium's own files, by which Electron tells instances apart, go below the data folder: another `REKEY_HOME` is
 * another Rekey.
 * @param byBridge started for an MCP host, so that no window should come up for it.
 * @throws {InstanceError}
 */
export function holdSingleInstance(dataFolder: string, byBridge: boolean): void {
  app.setPath('userData', makeFolder(resolve(dataFolder, 'electron')));
  const start: Start = { byBridge };
  // Not `app.quit()`, which would first bring up what is then taken down.
  if (!app.requestSingleInstanceLock({ ...start })) process.exit(0);
}

function makeFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  } catch (cause) {
    throw new InstanceError(
      'data-folder-unusable',
      `Rekey can’t write to its data folder (${path}: ${systemCode(cause) ?? 'unknown'}). Nothing was changed.`,
      'Make it writable for your account, or set REKEY_HOME to a folder of your own.',
      { cause },
    );
  }
}

/** Whether a second instance, which has just given way to us, was started by a person. Its data is a program's word. */
export function startedByPerson(additionalData: unknown): boolean {
  const byBridge =
    typeof additionalData === 'object' &&
    additionalData !== null &&
    'byBridge' in additionalData &&
    additionalData.byBridge === true;
  return !byBridge;
}
