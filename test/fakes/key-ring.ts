import type { Switches } from './switches.ts';

/** One account's keys at a stand-in: the current one, and when others were retired. */
export class KeyRing {
  readonly #switches: Switches;
  readonly #make: () => string;
  #current: string;
  #bornAt = 0;
  readonly #retiredAt = new Map<string, number>();

  constructor(switches: Switches, make: () => string, first = make()) {
    this.#switches = switches;
    this.#make = make;
    this.#current = first;
  }

  get current(): string {
    return this.#current;
  }

  /** Makes a new key; from now on the old one is dead, if no switch says otherwise. */
  rotate(): { readonly old: string; readonly fresh: string } {
    const old = this.#current;
    this.#retiredAt.set(old, Date.now());
    this.#current = this.#make();
    this.#bornAt = Date.now();
    return { old, fresh: this.#current };
  }

  takes(key: unknown): boolean {
    if (key === this.#current) return Date.now() >= this.#bornAt + this.#refusedAtFirst();
    const retired = typeof key === 'string' ? this.#retiredAt.get(key) : undefined;
    return retired !== undefined && Date.now() < retired + this.#switches.ms('oldKeyLivesForMs');
  }

  #refusedAtFirst(): number {
    return this.#bornAt === 0 ? 0 : this.#switches.ms('newKeyRefusedForMs');
  }
}
