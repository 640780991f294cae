import { CredentialError } from '../credentials/credential-store.ts';
import { isCurrent } from './credential-lock.ts';
import type { Rotation } from './rotation.schema.ts';
import { type RotationParts, Run } from './run.ts';
import { Watch } from './watch.ts';

interface Watched {
  readonly credentialId: string;
  readonly watch: Watch;
}

interface Options {
  readonly parts: RotationParts;
  /** Takes the lock on a credential's rotations. @returns the release. */
  readonly lock: (credentialId: string) => Promise<() => Promise<void>>;
  /** Whether this rotation takes steps just now. */
  readonly isActive: (rotationId: string) => boolean;
}

/** The watches of all ended rotations whose hosts still run with the old key, at most one per rotation. */
export class Watches {
  readonly #options: Options;
  readonly #watches = new Map<string, Watched>();
  /** Ids of rotations whose watches were stopped for a newer one, by credential. */
  readonly #stopped = new Map<string, readonly string[]>();
  #closed = false;

  constructor(options: Options) {
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
    const withRun = (work: (run: Run) => Promise<void>) => this.#withRun(id, work);
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

  /** For a watch: see {@link WithRun}. */
  async #withRun(id: string, work: (run: Run) => Promise<void>): Promise<'done' | 'busy' | 'over'> {
    const { parts, lock, isActive } = this.#options;
    const known = await parts.journal.get(id);
    if (!known) return 'over';
    const release = isActive(id) ? null : await lock(known.credential.id).catch(() => null);
    if (!release) return 'busy';
    try {
      // Read under the lock: whoever held it may have written it.
      const rotation = await parts.journal.get(id);
      if (rotation?.step !== 'ended') return 'busy';
      if (!(await isCurrent(parts.credentials, rotation))) return 'over';
      await work(new Run(parts, rotation, await parts.credentials.find(rotation.credential.id)));
      return 'done';
    } catch (error) {
      if (error instanceof CredentialError && error.code === 'credential-unknown') return 'over';
      throw error;
    } finally {
      await release();
    }
  }
}
