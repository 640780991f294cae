import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

const SELF = '/api/v4/personal_access_tokens/self';
const DAY_MS = 86_400_000;
const NO: Readonly<Record<number, unknown>> = {
  400: { message: '400 Bad request' },
  401: { message: '401 Unauthorized' },
  403: {
    error: 'insufficient_scope',
    error_description: 'The request requires higher privileges than provided by the access token.',
    scope: 'api self_rotate',
  },
  404: { error: '404 Not Found' },
  405: { message: '405 Method Not Allowed' },
  429: { message: 'Retry later' },
};

interface Options {
  readonly key?: string;
  /** Of the first token, 10 of which are over; null for one that never ends. */
  readonly lifetimeDays?: number | null;
  readonly now?: () => Date;
}

/** Stands in for GitLab, with its trap: a dead token that is rotated once more takes its successor along. */
export class FakeGitLab extends FakeService {
  protected override readonly basePath = '';
  /** How often a dead token was rotated. */
  trapped = 0;
  /** First and last day of the token of now, as `YYYY-MM-DD`; the last is null for one that never ends. */
  createdAt: string;
  expiresAt: string | null;
  readonly #ring: KeyRing;
  readonly #now: () => Date;

  constructor({ key, lifetimeDays = 90, now = () => new Date() }: Options) {
    super();
    this.#now = now;
    this.createdAt = this.day(-10);
    this.#ring = new KeyRing(this.switches, () => `glpat-${randomBytes(15).toString('base64url')}`, key);
    this.expiresAt = lifetimeDays === null ? null : this.day(lifetimeDays - 10);
  }

  /** The day so many days from today, in UTC. */
  day(after: number): string {
    return new Date(this.#now().getTime() + after * DAY_MS).toISOString().slice(0, 10);
  }

  /** The token as it is now, whether it was revoked along with a dead one or not. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    return json(status, NO[status] ?? { message: '500 Internal Server Error' });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === `${SELF}/rotate`;
  }

  protected override answer(request: RecordedRequest): Answer {
    const key = header(request, 'PRIVATE-TOKEN') ?? '';
    if (request.method === 'GET' && request.path === SELF) {
      return { kind: 'verification', reply: this.takes(key) ? json(200, this.#shown()) : this.no(401) };
    }
    if (!this.asksToRotate(request)) return this.#refuse(404);
    if (key !== this.key && this.#ring.knows(key)) return this.#trap();
    if (!this.takes(key)) return this.#refuse(401);
    const asked = this.#expiryAskedFor(request);
    return asked === undefined ? this.#refuse(400) : this.#rotation(asked);
  }

  /** A week where none is asked for; undefined when it can't be. */
  #expiryAskedFor(request: RecordedRequest): string | undefined {
    if (request.body === '') return this.day(7);
    const { expires_at = this.day(7), ...more } = jsonOf(request) ?? { expires_at: null };
    const isTyped = header(request, 'Content-Type') === 'application/json';
    if (!isTyped || Object.keys(more).length > 0 || typeof expires_at !== 'string') return undefined;
    const isGood = /^\d{4}-\d{2}-\d{2}$/.test(expires_at) && expires_at > this.day(0) && expires_at <= this.day(365);
    return isGood ? expires_at : undefined;
  }

  #rotation(expiresAt: string): Answer {
    return {
      kind: 'rotation',
      rotate: () => {
        [this.createdAt, this.expiresAt] = [this.day(0), expiresAt];
        return this.#ring.rotate();
      },
      reply: ({ fresh }) => json(200, { ...this.#shown(), token: fresh }),
    };
  }

  #trap(): Answer {
    this.trapped += 1;
    this.#ring.revokeAll();
    const error_description = 'Token was revoked. You have to re-authorize from the user.';
    return { kind: 'reply', reply: json(401, { error: 'invalid_token', error_description }) };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }

  #shown() {
    return {
      id: 42 + this.rotations,
      name: 'mcp',
      revoked: false,
      created_at: `${this.createdAt}T09:45:42.183Z`,
      scopes: ['api'],
      user_id: 3,
      last_used_at: null,
      active: true,
      expires_at: this.expiresAt,
    };
  }
}

export function startGitLab(options: Options = {}): Promise<FakeGitLab> {
  return new FakeGitLab(options).listen();
}
