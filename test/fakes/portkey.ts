import { randomBytes, randomUUID } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

const MINUTE_MS = 60_000;
const SHORTEST_MS = 1_800_000;
const NO: Readonly<Record<number, string>> = {
  400: 'Invalid request',
  401: 'Invalid API Key. Error Code: 03',
  403: 'You do not have enough permissions to execute this request',
  404: 'API key not found',
  429: 'Too many requests',
};

/** Stands in for Portkey: one key, the old value of which lives on for the time of transition. */
export class FakePortkey extends FakeService {
  protected override readonly basePath = '/v1';
  readonly keyId = randomUUID();
  readonly #graceScale: number;
  readonly #ring: KeyRing;

  constructor({ key, graceScale = MINUTE_MS }: { key?: string; graceScale?: number }) {
    super();
    this.#graceScale = graceScale;
    this.#ring = new KeyRing(this.switches, () => randomBytes(20).toString('base64'), key);
  }

  /** The key as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    return json(status, { success: false, data: { message: NO[status] ?? 'Internal server error' } });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && /^\/v1\/api-keys\/[^/]*\/rotate$/.test(path);
  }

  protected override answer(request: RecordedRequest): Answer {
    const isKnown = this.takes(header(request, 'x-portkey-api-key') ?? '');
    const own = `/v1/api-keys/${this.keyId}`;
    if (request.method === 'GET' && request.path.startsWith('/v1/api-keys/')) {
      const shown = { id: this.keyId, name: 'mcp', status: 'active', object: 'api-key' };
      const found = request.path === own ? json(200, shown) : this.no(404);
      return { kind: 'verification', reply: isKnown ? found : this.no(401) };
    }
    if (!isKnown) return this.#refuse(401);
    if (!this.asksToRotate(request) || request.path !== `${own}/rotate`) return this.#refuse(404);
    const { key_transition_period_ms: ms, ...more } = jsonOf(request) ?? {};
    const isTyped = header(request, 'Content-Type') === 'application/json' && Object.keys(more).length === 0;
    if (!isTyped || !Number.isInteger(ms) || Number(ms) < SHORTEST_MS) return this.#refuse(400);
    return this.#rotation((Number(ms) / MINUTE_MS) * this.#graceScale);
  }

  #rotation(graceMs: number): Answer {
    return {
      kind: 'rotation',
      rotate: () => this.#ring.rotate(graceMs),
      reply: ({ fresh }) => {
        const key_transition_expires_at = new Date(Date.now() + graceMs).toISOString();
        return json(200, { id: this.keyId, key: fresh, key_transition_expires_at });
      },
    };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

/** @param options `graceScale`: milliseconds that a minute of grace takes. */
export function startPortkey(options: { key?: string; graceScale?: number } = {}): Promise<FakePortkey> {
  return new FakePortkey(options).listen();
}
