/**
 * Ways in which a stand-in can misbehave. What `rotates-...` names has happened at the service: the old key is dead and
 * there is a new one, whatever the answer says.
 */
export type Switch =
  /** The connection is closed without a byte of answer. */
  | 'rotates-and-breaks-before-the-answer'
  /** Half of the body arrives. */
  | 'rotates-and-breaks-mid-answer'
  | 'rotates-and-answers-502'
  /** Bytes that are no JSON, the key among them. */
  | 'rotates-and-answers-garbage'
  /** Not even HTTP. */
  | 'rotates-and-answers-outside-http'
  /** A web page without the key. */
  | 'rotates-and-answers-a-page'
  /** More than 1 MB before the key comes. */
  | 'rotates-and-answers-too-much'
  | 'rotates-and-redirects'
  | 'rotates-and-answers-without-key'
  | 'rotates-and-answers-the-old-key'
  /** The key has a line break in it. */
  | 'rotates-and-answers-a-broken-key'
  /** The same JSON twice in one body. */
  | 'rotates-and-answers-twice'
  /** Lightning Faucet: `success: false` all the same, without the key. */
  | 'rotates-and-says-failure'
  /** Lightning Faucet: the key comes as `new_api_key`. */
  | 'rotates-and-answers-new-api-key'
  /** Log10x: `user` without `environments`. */
  | 'rotates-and-answers-without-environments'
  /** a2amarket: an `hmac_secret` comes along. */
  | 'delivers-hmac-secret'
  | 'refuses-with-401'
  | 'refuses-with-403'
  | 'refuses-with-429'
  | 'refuses-with-500'
  /** A redirect to another origin, before anything happened. */
  | 'redirects'
  /** The request is taken and the connection closed, before anything happened. */
  | 'breaks-before-rotating'
  /** Log10x: the key is a demo account's, which can't rotate. */
  | 'demo-account'
  /** Questions about a key are answered 500. */
  | 'verification-500'
  /** Questions about a key end with a closed connection. */
  | 'verification-breaks'
  /** Requests to revoke a key are answered 500, and nothing is revoked. */
  | 'refuses-revocations'
  /** The key is rotated, or the second one made, so many milliseconds after the request has come. */
  | { readonly rotatesAfterMs: number }
  /** The answer to the rotation starts so many milliseconds late. */
  | { readonly answersAfterMs: number }
  /** The answer to the rotation comes byte by byte, with so many milliseconds in between. */
  | { readonly dripsEveryMs: number }
  /** A fresh key is refused for so long. */
  | { readonly newKeyRefusedForMs: number }
  /** The old key is taken for so long after a rotation. */
  | { readonly oldKeyLivesForMs: number };

type Timed = Extract<Switch, object>;
type TimedName = Timed extends infer T ? (T extends object ? keyof T : never) : never;

/** The switches that are on. */
export class Switches {
  #on: readonly Switch[] = [];

  /** Turns exactly these on and all others off. */
  set(on: readonly Switch[]): void {
    this.#on = on;
  }

  has(name: Extract<Switch, string>): boolean {
    return this.#on.includes(name);
  }

  /** Milliseconds of a timed switch; 0 when it is off. */
  ms(name: TimedName): number {
    for (const one of this.#on) if (typeof one === 'object' && name in one) return Number(Reflect.get(one, name));
    return 0;
  }
}
