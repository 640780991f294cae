import { isCurrent } from './credential-lock.ts';
import { type EndedRunOptions, type WithRun, withEndedRun } from './ended-run.ts';
import type { Rotation } from './rotation.schema.ts';
import { Watch } from './watch.ts';

interface Watched {
  readonly credentialId: string;
  readonly watch: Watch;
}

/** The watches of all ended rotations whose hosts still run with the old key, at most one per rotation. */
export class Watches {
  readonly #options: EndedRunOptions;
  readonly #watches = new Map<string, Watched>();
  /** Ids of rotations whose watches were stopped for a newer one, by credential. */
  readonly #stopped = new Map<string, readonly string[]>();
  #closed = false;

  constructor(options: EndedRunOptions) {
    this.#options = options;
  }

  /**
   * Begins to watch where there is somebody to watch and nobody does. The files of a key that was rotated again are the
   * newer rotation's.
   */
  async begin(rotation: Rotation): Promise<void> {
    const { id, step, watched, target } = rotation;
    const { parts } = this.#options;
    if (step !== 'ended' || watched.length === 0) return;
    const current = await isCurrent(parts.credentials, rotation).catch(() => false);
    if (!current || this.#closed || this.#watches.has(id)) return;
    const withRun: WithRun = (work) => withEndedRun(this.#options, id, work);
    const watch = new Watch(parts, rotation, withRun, () => this.#watches.delete(id));
    this.#watches.set(id, { credentialId: target.id, watch });
    await watch.start();
  }

  /** Ends the watches of this credential's rotations, and returns when none of them does anything any more. */
  async stopFor(credentialId: string): Promise<void> {
    const ids = await this.#stop(([, one]) => one.credentialId === credentialId);
    if (ids.length > 0) this.#stopped.set(credentialId, ids);
  }

  /** Takes up what {@link stopFor} has ended, where nothing came of the newer rotation. */
  async takeUp(credentialId: string): Promise<void> {
    const ids = this.#stopped.get(credentialId) ?? [];
    this.#stopped.delete(credentialId);
    for (const id of ids) {
      const rotation = await this.#options.parts.journal.get(id).catch(() => null);
      if (rotation) await this.begin(rotation);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#stop(() => true);
  }

  async #stop(which: (entry: [string, Watched]) => boolean): Promise<string[]> {
    const stopping = [...this.#watches].filter(which);
    for (const [id] of stopping) this.#watches.delete(id);
    await Promise.all(stopping.map(([, { watch }]) => watch.stop()));
    return stopping.map(([id]) => id);
  }
}
