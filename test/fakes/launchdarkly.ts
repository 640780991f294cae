import { randomBytes, randomUUID } from 'node:crypto';
import { addressOf } from './key-list-service.ts';
import { KeyRing } from './key-ring.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

const MINUTE_MS = 60_000;
const NO: Readonly<Record<number, readonly [string, string]>> = {
  400: ['invalid_request', 'Invalid request'],
  401: ['unauthorized', 'Invalid access token'],
  403: ['forbidden', 'Access to the requested resource was denied'],
  404: ['not_found', 'Unknown access token'],
  429: ['rate_limited', 'Too many requests'],
};

/** Stands in for LaunchDarkly: one token, the old value of which lives on until its expiry. */
export class FakeLaunchDarkly extends FakeService {
  protected override readonly basePath = '';
  readonly tokenId = randomBytes(12).toString('hex');
  readonly #graceScale: number;
  readonly #ring: KeyRing;

  constructor({ key, graceScale = MINUTE_MS }: { key?: string; graceScale?: number }) {
    super();
    this.#graceScale = graceScale;
    this.#ring = new KeyRing(this.switches, () => `api-${randomUUID()}`, key);
  }

  /** The token as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    const [code, message] = NO[status] ?? ['internal_service_error', 'Internal service error'];
    return json(status, { code, message });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path.startsWith('/api/v2/tokens/');
  }

  protected override answer(request: RecordedRequest): Answer {
    // A bearer token counts for nothing here.
    const isKnown = this.takes(header(request, 'Authorization') ?? '');
    if (request.method === 'GET' && request.path === '/api/v2/caller-identity') {
      return { kind: 'verification', reply: isKnown ? json(200, this.#identity()) : this.no(401) };
    }
    if (!isKnown) return this.#refuse(401);
    const { pathname, searchParams } = addressOf(request);
    if (!this.asksToRotate(request) || pathname !== `/api/v2/tokens/${this.tokenId}/reset`) return this.#refuse(404);
    const expiry = searchParams.get('expiry');
    const livesMs = expiry === null ? 0 : Number(expiry) - Date.now();
    const isGood = request.body === '' && (expiry === null || (/^\d{13}$/.test(expiry) && livesMs > 0));
    if (!isGood) return this.#refuse(400);
    return {
      kind: 'rotation',
      rotate: () => this.#ring.rotate((livesMs / MINUTE_MS) * this.#graceScale),
      reply: ({ fresh }) => json(200, { _id: this.tokenId, name: 'mcp', role: 'writer', token: fresh }),
    };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }

  #identity() {
    return {
      accountId: '57be1db38b75bf0772d11383',
      authKind: 'token',
      tokenKind: 'auth',
      tokenName: 'mcp',
      tokenId: this.tokenId,
      memberId: '569f183514f4432160000007',
      serviceToken: false,
    };
  }
}

/** @param options `graceScale`: milliseconds that a minute of grace takes. */
export function startLaunchDarkly(options: { key?: string; graceScale?: number } = {}): Promise<FakeLaunchDarkly> {
  return new FakeLaunchDarkly(options).listen();
}
