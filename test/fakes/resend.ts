import { randomBytes, randomUUID } from 'node:crypto';
import { addressOf, bearerOf, FakeKeyListService } from './key-list-service.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import type { Answer } from './service.ts';

const NO: Readonly<Record<number, readonly [string, string]>> = {
  401: ['missing_api_key', 'Missing API key in the authorization header.'],
  403: ['invalid_api_key', 'API key is invalid'],
  404: ['not_found', 'API key not found'],
  405: ['method_not_allowed', 'Method is not allowed for the requested path.'],
  422: ['validation_error', 'Invalid request'],
  429: ['rate_limit_exceeded', 'Too many requests'],
};

/** Stands in for Resend. */
export class FakeResend extends FakeKeyListService {
  protected override readonly basePath = '';

  constructor(options: { key?: string; name?: string }) {
    const make = (): string => `re_${randomBytes(4).toString('hex')}_${randomBytes(12).toString('hex')}`;
    super(make, () => randomUUID(), options);
  }

  protected override no(status: number): Reply {
    const [name, message] = NO[status] ?? ['application_error', 'An unexpected error occurred'];
    return json(status, { statusCode: status, name, message });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === '/api-keys';
  }

  protected override answer(request: RecordedRequest): Answer {
    const { pathname, searchParams } = addressOf(request);
    const id = /^\/api-keys\/([^/]+)$/.exec(pathname)?.[1];
    if (pathname !== '/api-keys' && id === undefined) return this.#refuse(404);
    const refusal = this.#refusal(request);
    // Whoever lists the keys asks about the key, too.
    if (request.method === 'GET' && !id) return { kind: 'verification', reply: refusal ?? this.#part(searchParams) };
    if (refusal) return { kind: 'reply', reply: refusal };
    if (request.method === 'DELETE' && id) return this.revocation(id, { status: 200, headers: {}, body: '' });
    return this.asksToRotate(request) ? this.#create(request) : this.#refuse(405);
  }

  #create(request: RecordedRequest): Answer {
    const { name, permission = 'full_access' } = jsonOf(request) ?? {};
    const isGood = typeof name === 'string' && name !== '' && name.length <= 50;
    const isTyped = header(request, 'Content-Type') === 'application/json';
    if (!isGood || !isTyped || permission !== 'full_access') return this.#refuse(422);
    return this.creation(name, ({ id, value }) => json(201, { id, token: value }));
  }

  /** The newest first; without a limit all of them. */
  #part(query: URLSearchParams): Reply {
    const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
    if (query.has('limit') && !(limit >= 1 && limit <= 100)) return this.no(422);
    const all = [...this.keys].reverse();
    const after = query.get('after');
    const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const data = all
      .slice(start, start + limit)
      .map(({ id, name }) => ({ id, name, created_at: '2026-01-02 10:00:00+00' }));
    return json(200, { object: 'list', has_more: start + data.length < all.length, data });
  }

  #refusal(request: RecordedRequest): Reply | null {
    const key = bearerOf(request);
    if (key === undefined) return this.no(401);
    return this.takes(key) ? null : this.no(403);
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

export function startResend(options: { key?: string; name?: string } = {}): Promise<FakeResend> {
  return new FakeResend(options).listen();
}
