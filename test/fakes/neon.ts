import { randomBytes } from 'node:crypto';
import type { LiveKey } from './key-list.ts';
import { bearerOf, FakeKeyListService } from './key-list-service.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import type { Answer } from './service.ts';

const NO: Readonly<Record<number, string>> = {
  400: 'request body has an error',
  401: 'authorization header is not valid',
  403: 'not allowed',
  404: 'not found',
  429: 'too many requests',
};
const CREATED = { created_at: '2026-01-02T10:00:00Z', created_by: { id: 'u-1', name: 'Ada', image: '' } };

/** Stands in for Neon: the keys of one person. */
export class FakeNeon extends FakeKeyListService {
  protected override readonly basePath = '/api/v2';

  constructor(options: { key?: string; name?: string }) {
    let last = 3_068_004;
    const make = (): string => `napi_${randomBytes(32).toString('hex')}`;
    super(make, () => String(++last), options);
  }

  protected override no(status: number): Reply {
    return json(status, { request_id: 'r-1', code: '', message: NO[status] ?? 'internal error' });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === `${this.basePath}/api_keys`;
  }

  protected override answer(request: RecordedRequest): Answer {
    const { method, path } = request;
    const isKnown = this.takes(bearerOf(request) ?? '');
    if (method === 'GET' && path === `${this.basePath}/users/me`) {
      const me = { id: 'u-1', login: 'ada', email: 'ada@acme.example', name: 'Ada', projects_limit: 10 };
      return { kind: 'verification', reply: isKnown ? json(200, me) : this.no(401) };
    }
    const below = `${this.basePath}/api_keys`;
    if (path !== below && !path.startsWith(`${below}/`)) return this.#refuse(404);
    if (!isKnown) return this.#refuse(401);
    if (method === 'GET' && path === below) return { kind: 'reply', reply: json(200, this.keys.map(shown)) };
    if (method === 'DELETE') return this.#revoke(path.slice(below.length + 1));
    return this.asksToRotate(request) ? this.#create(request) : this.#refuse(404);
  }

  #create(request: RecordedRequest): Answer {
    const name = jsonOf(request)?.key_name;
    const isTyped = header(request, 'Content-Type') === 'application/json';
    if (typeof name !== 'string' || name === '' || !isTyped) return this.#refuse(400);
    return this.creation(name, (made) => json(200, { ...shown(made), key: made.value }));
  }

  #revoke(id: string): Answer {
    return this.revocation(id, json(200, { id: Number(id), name: 'gone', ...CREATED, revoked: true }));
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

export function startNeon(options: { key?: string; name?: string } = {}): Promise<FakeNeon> {
  return new FakeNeon(options).listen();
}

function shown({ id, name }: LiveKey) {
  return { id: Number(id), name, ...CREATED };
}
