import { randomUUID } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService, reply } from './service.ts';

const NO: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Demo accounts cannot rotate their API key',
  429: 'Too many requests',
};

/** Stands in for Log10x. */
export class FakeLog10x extends FakeService {
  protected override readonly basePath = '';
  readonly #ring: KeyRing;
  readonly #username: string;

  constructor({ key, username = 'alice@acme.example' }: { key?: string; username?: string }) {
    super();
    this.#ring = new KeyRing(this.switches, randomUUID, key);
    this.#username = username;
  }

  /** The user's key as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    return json(status, { message: NO[status] ?? 'Internal server error' });
  }

  protected override asksToRotate({ path }: RecordedRequest): boolean {
    return path === '/api/v1/user/rotate-key';
  }

  protected override answer(request: RecordedRequest): Answer {
    const known = this.#ring.takes(header(request, 'X-10X-Auth'));
    if (request.path === '/api/v1/user' && request.method === 'GET') {
      return { kind: 'verification', reply: known ? json(200, { user: this.#user() }) : this.no(401) };
    }
    if (!this.asksToRotate(request)) return reply(404, { message: 'Not found' });
    if (request.method !== 'POST') return reply(405, { message: 'Method not allowed' });
    if (!known) return reply(401, { message: NO[401] });
    // Neither a body nor a content type, but a length.
    const bare = request.body === '' && header(request, 'Content-Type') === undefined;
    if (!bare || header(request, 'Content-Length') !== '0') return reply(400, { message: 'Bad request' });
    return {
      kind: 'rotation',
      rotate: () => this.#ring.rotate(),
      reply: ({ fresh }) => json(200, { user: this.#user(), api_key: fresh }),
    };
  }

  #user() {
    const user = {
      user_id: 'auth0|64f0c2',
      username: this.#username,
      tier: 'free',
      user_type: 'individual',
      metadata: {},
    };
    if (this.switches.has('rotates-and-answers-without-environments')) return user;
    const environment = { env_id: 'env-1', name: 'default', owner: this.#username, is_default: true };
    return { ...user, environments: [{ ...environment, permissions: ['read', 'write'] }] };
  }
}

export function startLog10x(options: { key?: string; username?: string } = {}): Promise<FakeLog10x> {
  return new FakeLog10x(options).listen();
}
