import { app } from 'electron';
import manifest from '../../../../package.json' with { type: 'json' };
import type { CrashNote } from '../../../crash/crash-note.schema.ts';
import { classOf, codeOf, ownFrames } from '../../../crash/crash-note.ts';
import type { CrashNotes } from '../../../crash/crash-notes.ts';

interface Crashing {
  readonly notes: CrashNotes;
  readonly platform: string;
  /** The folder that this was built to: its files are ours. */
  readonly built: string;
  /** True while ending the app could lose something. */
  busy(): boolean;
  /** Tells the person that Rekey has to end, and ends it. */
  end(): void;
}

/**
 * Keeps a note of each crash, without anything that was in memory. Nothing is ever sent anywhere: Electron's
 * `crashReporter`, whose dumps hold memory, is not started.
 *
 * After a fault in the main process nobody knows what still works, so it ends, and the next start goes on where it
 * stopped. Only in the middle of a rotation it goes on: the new key may be in memory alone.
 */
export function noteCrashes({ notes, platform, built, busy, end }: Crashing): void {
  const note = (about: Pick<CrashNote, 'where' | 'name' | 'code' | 'frames'>): void =>
    notes.add({ at: new Date().toISOString(), version: manifest.version, platform, ...about });
  const fault = (where: 'main' | 'promise', thrown: unknown): void =>
    note({ where, name: classOf(thrown), code: codeOf(thrown), frames: ownFrames(thrown, built) });

  let ending = false;
  // Without a listener Electron would show the message, and whatever stands in it.
  process.on('uncaughtException', (error) => {
    fault('main', error);
    if (busy() || ending) return;
    ending = true;
    end();
  });
  process.on('unhandledRejection', (reason) => fault('promise', reason));
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    if (reason !== 'clean-exit') note({ where: 'page', name: reason, code: String(exitCode), frames: [] });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    const name = `${type}: ${reason}`;
    if (reason !== 'clean-exit') note({ where: 'part', name, code: String(exitCode), frames: [] });
  });
}
