import type { Switches } from './switches.ts';

/** One account's keys at a stand-in: the current one, and when others were retired. */
export class KeyRing {
  readonly #switches: Switches;
  readonly #make: () => string;
  #current: string;
  #bornAt = 0;
  /** When each earlier key dies, if no switch says otherwise. */
  readonly #diesAt = new Map<string, number>();
  #isRevoked = false;

  constructor(switches: Switches, make: () => string, first = make()) {
    this.#switches = switches;
    this.#make = make;
    this.#current = first;
  }

  get current(): string {
    return this.#current;
  }

  /** Makes a new key; from now on the old one is dead, if neither a grace nor a switch says otherwise. */
  rotate(graceMs = 0): { readonly old: string; readonly fresh: string } {
    const old = this.#current;
    this.#diesAt.set(old, Date.now() + graceMs);
    this.#current = this.#make();
    this.#bornAt = Date.now();
    return { old, fresh: this.#current };
  }

  /** No key is taken any more. */
  revokeAll(): void {
    this.#isRevoked = true;
  }

  /** Whether it is or was one of this account's keys. */
  knows(key: unknown): boolean {
    return key === this.#current || (typeof key === 'string' && this.#diesAt.has(key));
  }

  takes(key: unknown): boolean {
    if (this.#isRevoked) return false;
    if (key === this.#current) return Date.now() >= this.#bornAt + this.#refusedAtFirst();
    const diesAt = typeof key === 'string' ? this.#diesAt.get(key) : undefined;
    return diesAt !== undefined && Date.now() < diesAt + this.#switches.ms('oldKeyLivesForMs');
  }

  #refusedAtFirst(): number {
    return this.#bornAt === 0 ? 0 : this.#switches.ms('newKeyRefusedForMs');
  }
}
