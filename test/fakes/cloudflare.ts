import { randomBytes } from 'node:crypto';
import { bearerOf } from './key-list-service.ts';
import { KeyRing } from './key-ring.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

const NO: Readonly<Record<number, readonly [number, string]>> = {
  400: [1001, 'Invalid request'],
  401: [1000, 'Invalid API Token'],
  403: [9109, 'Unauthorized to access requested resource'],
  404: [1003, 'API Token not found'],
  429: [971, 'Please wait and consider throttling your request speed'],
};

/** Stands in for Cloudflare: one token of a user. */
export class FakeCloudflare extends FakeService {
  protected override readonly basePath = '/client/v4';
  readonly tokenId = randomBytes(16).toString('hex');
  status: 'active' | 'disabled' | 'expired' = 'active';
  readonly #ring: KeyRing;

  constructor({ key }: { key?: string }) {
    super();
    this.#ring = new KeyRing(this.switches, () => `cfut_${randomBytes(24).toString('hex')}`, key);
  }

  /** The token as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    const [code, message] = NO[status] ?? [10_000, 'Internal error'];
    return json(status, { success: false, errors: [{ code, message }], messages: [], result: null });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'PUT' && path.startsWith(`${this.basePath}/user/tokens/`);
  }

  protected override answer(request: RecordedRequest): Answer {
    const isKnown = this.takes(bearerOf(request) ?? '');
    if (request.method === 'GET' && request.path === `${this.basePath}/user/tokens/verify`) {
      return { kind: 'verification', reply: isKnown ? yes({ id: this.tokenId, status: this.status }) : this.no(401) };
    }
    if (!isKnown) return this.#refuse(401);
    if (!this.asksToRotate(request)) return this.#refuse(404);
    if (request.path !== `${this.basePath}/user/tokens/${this.tokenId}/value`) return this.#refuse(404);
    const isGood = header(request, 'Content-Type') === 'application/json' && request.body === '{}';
    if (!isGood) return this.#refuse(400);
    return { kind: 'rotation', rotate: () => this.#ring.rotate(), reply: ({ fresh }) => yes(fresh) };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

export function startCloudflare(options: { key?: string } = {}): Promise<FakeCloudflare> {
  return new FakeCloudflare(options).listen();
}

function yes(result: unknown): Reply {
  return json(200, { success: true, errors: [], messages: [], result });
}
