/** What was promised, and whether it was kept. */
export class Promises {
  readonly #broken: string[] = [];
  #kept = 0;

  check(promise: string, kept: boolean): void {
    if (kept) this.#kept += 1;
    else this.#broken.push(promise);
  }

  /** Prints how it went. @returns the exit code: 0 when everything was as promised, and something was. */
  report(): number {
    for (const promise of this.#broken) console.log(`Not as promised: ${promise}`);
    console.log(`\n${this.#kept} promises kept, ${this.#broken.length} broken.`);
    return this.#broken.length === 0 && this.#kept > 0 ? 0 : 1;
  }
}
