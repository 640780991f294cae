import { createHash, randomBytes } from 'node:crypto';

const VALID_FOR_MS = 10 * 60_000;

interface Issued {
  readonly until: number;
  readonly onTaken: () => void;
}

/**
 * Tokens that open a session in the browser: 32 random bytes, valid once and for 10 minutes.
 *
 * Kept as hashes, so that looking one up leaks nothing of another by its timing.
 */
export class OneTimeTokens {
  readonly #issued = new Map<string, Issued>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param onTaken called when the token has been used. */
  issue(onTaken: () => void = () => {}): string {
    this.#forgetOld();
    const token = randomBytes(32).toString('base64url');
    this.#issued.set(hash(token), { until: this.#now() + VALID_FOR_MS, onTaken });
    return token;
  }

  /** @returns whether the token was good; it isn't any longer. */
  take(token: string): boolean {
    this.#forgetOld();
    const key = hash(token);
    const issued = this.#issued.get(key);
    if (!issued) return false;
    this.#issued.delete(key);
    issued.onTaken();
    return true;
  }

  #forgetOld(): void {
    for (const [key, { until }] of this.#issued) if (until <= this.#now()) this.#issued.delete(key);
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
