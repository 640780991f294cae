import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

const HIDDEN = '[secret]';

/**
 * A key that can't be printed, JSON-ed, interpolated or inspected by accident.
 *
 * The characters are in a private field; the one way to them is {@link Secret.reveal}, a word that a reviewer can
 * search for.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The characters themselves. Every call is a place where a key can leak: keep them few. */
  reveal(): string {
    return this.#value;
  }

  /**
   * What stands for the key wherever a person or a model may see it: the first 12 hex digits of its SHA-256.
   *
   * 48 bits of a hash of a random key tell nothing about the key, and anyone who holds the key can check it:
   * `printf %s "$KEY" | sha256sum | cut -c1-12`.
   */
  get fingerprint(): string {
    return createHash('sha256').update(this.#value, 'utf8').digest('hex').slice(0, 12);
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
