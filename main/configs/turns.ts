import { targetOf } from './snapshot.ts';

/**
 * Lets those who change the same file in this process do so one after the other: several rotations at once would else
 * see each other as programs that write in between, and wait in vain for a host's lock that one of them holds.
 */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does `work` when all that was to be done before with this file, or what its link leads to, has ended. */
  async take<T>(path: string, work: () => Promise<T>): Promise<T> {
    const target = await targetOf(path).catch(() => path);
    const turn = (this.#last.get(target) ?? Promise.resolve()).then(work);
    const settled = turn.catch(() => {});
    this.#last.set(target, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(target) === settled) this.#last.delete(target);
    }
  }
}
