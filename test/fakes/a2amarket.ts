import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CODES: Readonly<Record<number, readonly [string, string]>> = {
  401: ['UNAUTHORIZED', 'Invalid agent key'],
  403: ['AGENT_SUSPENDED', 'This agent is suspended'],
  404: ['AGENT_NOT_FOUND', 'No such agent'],
  409: ['IDEMPOTENCY_CONFLICT', 'This idempotency key was used before'],
  429: ['RATE_LIMITED', 'Too many requests'],
};

/** Stands in for a2amarket: one agent. What it answers to a rotation is what its neighbours answer. */
export class FakeA2amarket extends FakeService {
  protected override readonly basePath = '';
  /** The agent that the key belongs to. */
  readonly agentId: string;
  /** Handed out by the last rotation, if `delivers-hmac-secret` was on. */
  hmacSecret: string | null = null;
  readonly #ring: KeyRing;
  readonly #seen = new Set<string>();

  constructor({ key, agentId = 'agent-7f3' }: { key?: string; agentId?: string }) {
    super();
    this.agentId = agentId;
    this.#ring = new KeyRing(this.switches, () => `ak_${randomBytes(24).toString('hex')}`, key);
  }

  /** The agent's key as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    const [code, message] = CODES[status] ?? ['INTERNAL', 'Internal server error'];
    const retry = status === 429 ? { retry_after: 30 } : {};
    return json(status, { error: { code, message, http_status: status, ...retry } });
  }

  protected override asksToRotate({ path }: RecordedRequest): boolean {
    return /^\/acap\/v1\/agents\/[^/]*\/rotate-key$/.test(path);
  }

  protected override answer(request: RecordedRequest): Answer {
    const known = this.#ring.takes(header(request, 'X-Agent-Key'));
    if (request.path === '/acap/v1/compute/balance' && request.method === 'GET') {
      const balance = json(200, { payload: { data: { agent_id: this.agentId, balance: 1_200 } } });
      return { kind: 'verification', reply: known ? balance : this.no(401) };
    }
    if (!this.asksToRotate(request) || request.method !== 'POST') return this.#refuse(404);
    if (!known) return this.#refuse(401);
    if (request.path !== `/acap/v1/agents/${encodeURIComponent(this.agentId)}/rotate-key`) return this.#refuse(404);
    if (!wellFormed(request)) return this.#refuse(400);
    const idempotencyKey = header(request, 'X-Idempotency-Key') ?? '';
    if (this.#seen.has(idempotencyKey)) return this.#refuse(409);
    this.#seen.add(idempotencyKey);
    return {
      kind: 'rotation',
      rotate: () => this.#ring.rotate(),
      reply: ({ fresh }) =>
        json(200, { payload: { data: { agent_id: this.agentId, api_key: fresh, ...this.#hmac() } } }),
    };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }

  #hmac(): { hmac_secret?: string } {
    if (!this.switches.has('delivers-hmac-secret')) return {};
    this.hmacSecret = randomBytes(32).toString('hex');
    return { hmac_secret: this.hmacSecret };
  }
}

export function startA2amarket(options: { key?: string; agentId?: string } = {}): Promise<FakeA2amarket> {
  return new FakeA2amarket(options).listen();
}

/** As their own client writes it: a content type, an idempotency key, a time, and no body. */
function wellFormed(request: RecordedRequest): boolean {
  const time = header(request, 'X-ACAP-Timestamp') ?? '';
  return (
    request.body === '' &&
    header(request, 'Content-Type') === 'application/json' &&
    UUID.test(header(request, 'X-Idempotency-Key') ?? '') &&
    !Number.isNaN(Date.parse(time)) &&
    new Date(time).toISOString() === time
  );
}
