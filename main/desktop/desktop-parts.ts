import type { CrashNotes } from '../crash/crash-notes.ts';
import { RekeyError } from '../errors.ts';
import type { UpdatesView } from './desktop.schema.ts';

export class DesktopError extends RekeyError<
  'not-on-this-desktop' | 'login-item-failed' | 'update-failed' | 'update-busy' | 'update-not-ready'
> {}

/** Whether the system starts Rekey when the person logs in. */
export interface LoginItem {
  isOn(): Promise<boolean>;
  /** @throws {DesktopError} `login-item-failed`. */
  turn(on: boolean): Promise<void>;
}

/** Newer versions of Rekey itself. */
export interface Updates {
  view(): Promise<UpdatesView>;
  /** Asks now. What goes wrong is in the view. */
  check(): Promise<void>;
  /** @throws {DesktopError} `update-not-ready` when there is none to download. */
  download(): Promise<void>;
  /** Ends the app and starts the newer one. @throws {DesktopError} `update-busy` in the middle of a rotation. */
  install(): Promise<void>;
  setAutomatic(on: boolean): Promise<void>;
}

/** What a shell with a desktop gives to the core; null where there is no such thing. */
export interface DesktopParts {
  readonly loginItem: LoginItem | null;
  readonly updates: Updates | null;
  readonly crashes: CrashNotes | null;
  /** To the clipboard, for the person to paste anywhere: nothing secret. */
  readonly copyText: ((text: string) => Promise<void>) | null;
}

export const NO_DESKTOP: DesktopParts = { loginItem: null, updates: null, crashes: null, copyText: null };
