import type { Keychain } from '../../main/credentials/keychain.ts';
import type { Secret } from '../../main/credentials/secret.ts';
import type { HttpRequest, Send } from '../../main/providers/http.ts';
import type { RotationParts } from '../../main/rotation/parts.ts';
import type { Receipts } from '../../main/rotation/receipts.ts';
import type { Moments } from './moments.ts';

/** A keychain whose changes pass as moments: *after* one, the value was read back too. */
export class AnnouncedKeychain implements Keychain {
  readonly #inner: Keychain;
  readonly #moments: Moments;

  constructor(inner: Keychain, moments: Moments) {
    this.#inner = inner;
    this.#moments = moments;
  }

  get kind(): Keychain['kind'] {
    return this.#inner.kind;
  }

  get(account: string): Promise<Secret | null> {
    return this.#inner.get(account);
  }

  set(account: string, value: Secret): Promise<void> {
    return this.#moments.effectOutside(`keychain ${kindOf(account)}`, () => this.#inner.set(account, value));
  }

  delete(account: string): Promise<void> {
    return this.#moments.effectOutside(`keychain without ${kindOf(account)}`, () => this.#inner.delete(account));
  }

  probe(): Promise<void> {
    return this.#moments.effectOutside('keychain probe', () => this.#inner.probe());
  }
}

/** Rotation parts whose requests and receipts pass as moments. Their files do so by themselves: see `announced-files.ts`. */
export function announceParts(parts: RotationParts, moments: Moments): RotationParts {
  return {
    ...parts,
    send: announcedSend(parts.send, moments),
    receipts: announcedReceipts(parts.receipts, moments),
  };
}

function announcedSend(send: Send, moments: Moments): Send {
  return (request, options) => moments.effectOutside(nameOf(request), () => send(request, options));
}

/** Without ids, which are others in each run. */
function nameOf({ method, url, body }: HttpRequest): string {
  const path = url.pathname.replaceAll(/[^/]*\d[^/]*/g, (part) => (/^v\d$/.test(part) ? part : '…'));
  const action = /"action":"(\w+)"/.exec(body ?? '')?.[1];
  return ['request', method, path, ...(action === undefined ? [] : [action])].join(' ');
}

function announcedReceipts(receipts: Receipts, moments: Moments): Receipts {
  const names = { prepare: 'receipt space', write: 'receipt sealed', discard: 'receipt discarded' } as const;
  return new Proxy(receipts, {
    get(target, property) {
      const value = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      const bound = value.bind(target);
      const name = Object.hasOwn(names, property) ? names[property as keyof typeof names] : null; // just looked up
      return name === null ? bound : (...args: unknown[]) => moments.effect(name, () => bound(...args));
    },
  });
}

/** `credential:<id>:current` → `current`. */
function kindOf(account: string): string {
  const [first = '', , last] = account.split(':');
  return last ?? first;
}
