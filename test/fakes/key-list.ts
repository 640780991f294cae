import type { Switches } from './switches.ts';

/** A key that the stand-in takes, or will take in a moment. */
export interface LiveKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

interface Entry extends LiveKey {
  /** 0 for a key that was there from the beginning. */
  readonly madeAt: number;
  revokedAt: number | null;
}

/** One account's keys at a stand-in that makes a second key beside the first. */
export class KeyList {
  readonly #switches: Switches;
  readonly #make: () => string;
  readonly #idOf: (value: string) => string;
  readonly #entries: Entry[] = [];

  constructor(switches: Switches, make: () => string, idOf: (value: string) => string) {
    this.#switches = switches;
    this.#make = make;
    this.#idOf = idOf;
  }

  /** Those that were not revoked, the newest last. */
  get live(): readonly LiveKey[] {
    return this.#entries.filter(({ revokedAt }) => revokedAt === null);
  }

  /** As if it had always been there. */
  keep(name: string, value = this.#make()): LiveKey {
    return this.#enter(name, value, 0);
  }

  create(name: string): LiveKey {
    return this.#enter(name, this.#make(), Date.now());
  }

  revoke(id: string): void {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry) entry.revokedAt ??= Date.now();
  }

  takes(key: unknown): boolean {
    const entry = this.#entries.find(({ value }) => value === key);
    if (!entry) return false;
    const { madeAt, revokedAt } = entry;
    if (revokedAt !== null) return Date.now() < revokedAt + this.#switches.ms('oldKeyLivesForMs');
    return madeAt === 0 || Date.now() >= madeAt + this.#switches.ms('newKeyRefusedForMs');
  }

  #enter(name: string, value: string, madeAt: number): LiveKey {
    const entry = { id: this.#idOf(value), name, value, madeAt, revokedAt: null };
    this.#entries.push(entry);
    return entry;
  }
}
