import type { UpdateState, UpdatesFile, UpdatesView } from '../../../desktop/desktop.schema.ts';
import { DesktopError, type Updates } from '../../../desktop/desktop-parts.ts';
import type { JsonFile } from '../../../storage/json-file.ts';
import type { Feed } from './feed.ts';
import { checkIsDue, mayCheck } from './policy.ts';
import type { WhyAbsent } from './whether-signed.ts';

/** How often it is looked whether a day is over: a timer of a day would sleep with the computer. */
const LOOK_EVERY_MS = 60 * 60_000;

interface Parts {
  readonly file: Pick<JsonFile<UpdatesFile>, 'read' | 'update'>;
  readonly now: () => Date;
  /** Why there are none; null when there are, from `feed`. */
  readonly absent: WhyAbsent;
  feed(): Promise<Feed>;
  /** Ends the app with everything put away, then `leave`. @returns false in the middle of a rotation. */
  endWith(leave: () => void): Promise<boolean>;
  onChange(): void;
}

/** Asks once a day, downloads when the person agrees, and installs when they say so, never in the middle of a rotation. */
export class AppUpdates implements Updates {
  readonly #parts: Parts;
  #update: UpdateState;
  #feed: Feed | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#update = parts.absent === null ? { state: 'idle' } : { state: 'absent', why: parts.absent };
  }

  /** Begins to look by itself. */
  start(): void {
    if (this.#update.state === 'absent') return;
    // What can't be read now may be readable at the next look.
    const look = (): void => void this.look().catch(() => {});
    look();
    this.#timer = setInterval(look, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
  }

  /** Asks if it is time. */
  async look(): Promise<void> {
    if (checkIsDue(this.#update, await this.#parts.file.read(), this.#parts.now())) await this.#check();
  }

  async view(): Promise<UpdatesView> {
    const { automatic, checkedAt } = await this.#parts.file.read();
    return { update: this.#update, automatic, checkedAt };
  }

  async check(): Promise<void> {
    if (mayCheck(this.#update)) await this.#check();
  }

  async setAutomatic(on: boolean): Promise<void> {
    await this.#parts.file.update((file) => ({ ...file, automatic: on }));
  }

  async download(): Promise<void> {
    if (this.#update.state !== 'available' || !this.#feed) throw notReady();
    const { version } = this.#update;
    this.#set({ state: 'downloading', version, percent: 0 });
    void this.#download(this.#feed, version);
  }

  async install(): Promise<void> {
    const feed = this.#feed;
    if (this.#update.state !== 'ready' || !feed) throw notReady();
    if (await this.#parts.endWith(() => feed.install())) return;
    throw new DesktopError(
      'update-busy',
      'A rotation runs at this moment, so Rekey does not restart. Nothing was changed.',
      'Let it end first, then install the update.',
    );
  }

  async #check(): Promise<void> {
    this.#set({ state: 'checking' });
    try {
      this.#feed ??= await this.#parts.feed();
      const version = await this.#feed.check();
      this.#set(version === null ? { state: 'idle' } : { state: 'available', version });
    } catch {
      this.#fail('Whether there is a newer version could not be found out.');
    }
    // Also when it failed: a machine without a network is not to ask each hour.
    await this.#parts.file.update((file) => ({ ...file, checkedAt: this.#parts.now().toISOString() })).catch(() => {});
    this.#parts.onChange();
  }

  async #download(feed: Feed, version: string): Promise<void> {
    try {
      await feed.download((percent) => this.#progress(version, Math.floor(percent)));
      this.#set({ state: 'ready', version });
    } catch {
      this.#fail('The newer version could not be downloaded, or is not signed as it must be. Nothing was installed.');
    }
  }

  #progress(version: string, percent: number): void {
    if (this.#update.state === 'downloading' && this.#update.percent !== percent) {
      this.#set({ state: 'downloading', version, percent });
    }
  }

  /** The cause's own words may hold addresses and paths, and are of no use to the person. */
  #fail(message: string): void {
    const wayOut = 'Look at the connection to the internet, then check again.';
    this.#set({ state: 'failed', problem: { code: 'update-failed', message, wayOut } });
  }

  #set(update: UpdateState): void {
    this.#update = update;
    this.#parts.onChange();
  }
}

function notReady(): DesktopError {
  return new DesktopError(
    'update-not-ready',
    'There is no newer version that could be taken now. Nothing was changed.',
    'Check for updates first.',
  );
}
