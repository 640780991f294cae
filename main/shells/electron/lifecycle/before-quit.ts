import { app } from 'electron';

interface Ending {
  /** True while ending the app could lose something. */
  busy(): boolean;
  /** What has to be put away first, one after the other. One that fails keeps none of the others from it. */
  readonly stops: readonly (() => Promise<void>)[];
  /** Tells the person why the app doesn't end now. @returns whether they want it all the same. */
  refuse(): Promise<boolean>;
}

/** An installer that has not ended the app by then does so no more; without its core it is of no use. In milliseconds. */
const LEAVES_WITHIN_MS = 60_000;

export interface Quitting {
  /**
   * Ends for an update: never in the middle of a rotation, and with everything put away before `leave`, which ends the
   * app and starts the newer one.
   * @returns false when something could be lost; nothing was done then.
   */
  endWith(leave: () => void): Promise<boolean>;
}

/** Ends in order: in the middle of a rotation only if the person insists, and not before everything is put away. */
export function onBeforeQuit({ busy, stops, refuse }: Ending): Quitting {
  let state: 'running' | 'refusing' | 'stopping' | 'stopped' = 'running';

  const say = async (): Promise<void> => {
    state = 'refusing';
    // What can't be told keeps it from ending, too.
    if (await refuse().catch(() => false)) await end();
    else state = 'running';
  };
  const end = async (leave = (): void => app.quit()): Promise<void> => {
    state = 'stopping';
    for (const stop of stops) {
      await stop().catch(() => console.error('Rekey: something could not be put away before the end.'));
    }
    state = 'stopped';
    leave();
  };

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    if (state === 'running') void (busy() ? say() : end());
  });
  return {
    async endWith(leave) {
      if (state !== 'running' || busy()) return false;
      await end(() => leaveInAnyCase(leave));
      return true;
    },
  };
}

function leaveInAnyCase(leave: () => void): void {
  setTimeout(() => app.quit(), LEAVES_WITHIN_MS).unref();
  try {
    leave();
  } catch {
    app.quit();
  }
}
