import { createHash, randomBytes } from 'node:crypto';

/** More pages than a person ever has open; the oldest is forgotten. */
const MOST_PAGES = 64;

/** The header in which a page shows its own half of the session. */
export const PAGE_HEADER = 'rekey-page';

/** What a page has to show for each request. */
export interface SessionProof {
  readonly cookie: string | null;
  readonly pageKey: string | null;
}

/**
 * Sessions of the browser, in memory: they end with the program.
 *
 * Two halves. Browsers send a cookie of 127.0.0.1 to *every* port there, a development server of somebody else
 * included, so the cookie alone proves little: each page also holds a key of its own in its session storage, which is
 * kept apart by port.
 * @see https://www.rfc-editor.org/rfc/rfc6265#section-8.5 (cookies and ports)
 */
export class PageSessions {
  readonly #cookieName: string;
  /** Hash of the page key -> hash of the cookie that it goes with. */
  readonly #pages = new Map<string, string>();

  constructor(port: number) {
    // With the port in its name, two programs at once don't sign each other out.
    this.#cookieName = `rekey-${port}`;
  }

  /** Signs a page in. Pages of one browser share a cookie, so that one more doesn't sign out the others. */
  open(known: string | null): { pageKey: string; setCookie: string } {
    const cookie = known !== null && this.#knows(known) ? known : randomBytes(32).toString('base64url');
    const pageKey = randomBytes(32).toString('base64url');
    this.#pages.set(hash(pageKey), hash(cookie));
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
    return { pageKey, setCookie: `${this.#cookieName}=${cookie}; HttpOnly; SameSite=Strict; Path=/` };
  }

  holds(proof: SessionProof): boolean {
    if (proof.cookie === null || proof.pageKey === null) return false;
    return this.#pages.get(hash(proof.pageKey)) === hash(proof.cookie);
  }

  /** Our cookie out of a `Cookie` header. */
  cookieIn(header: string | undefined): string | null {
    for (const pair of header?.split(';') ?? []) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.#cookieName && value) return value;
    }
    return null;
  }

  #knows(cookie: string): boolean {
    return [...this.#pages.values()].includes(hash(cookie));
  }
}

function hash(half: string): string {
  return createHash('sha256').update(half).digest('base64');
}
