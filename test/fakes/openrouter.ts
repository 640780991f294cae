import { createHash, randomBytes } from 'node:crypto';
import type { LiveKey } from './key-list.ts';
import { addressOf, bearerOf, FakeKeyListService } from './key-list-service.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import type { Answer } from './service.ts';

const NO: Readonly<Record<number, string>> = {
  400: 'Invalid request',
  401: 'User not found.',
  403: 'Only management keys can perform this operation',
  404: 'API key not found',
  429: 'Rate limit exceeded',
};
const PART = 100;

/** What a key may spend, as the service writes it. */
export interface Limits {
  readonly limit: number | null;
  readonly limit_reset: string | null;
  readonly include_byok_in_limit: boolean;
  readonly expires_at: string | null;
}

const UNLIMITED: Limits = { limit: null, limit_reset: null, include_byok_in_limit: false, expires_at: null };

/** Stands in for OpenRouter: one management key, and the keys that it manages. */
export class FakeOpenRouter extends FakeKeyListService {
  protected override readonly basePath = '/api/v1';
  readonly managementKey = keyOf(randomBytes(32));
  readonly #limits = new Map<string, Limits>();

  constructor({ limits, ...first }: { key?: string; name?: string; limits?: Partial<Limits> }) {
    super(
      () => keyOf(randomBytes(32)),
      (value) => createHash('sha256').update(value).digest('hex'),
      first,
    );
    this.#limits.set(this.key, { ...UNLIMITED, ...limits });
  }

  limitsOf(key: string): Limits {
    return this.#limits.get(key) ?? UNLIMITED;
  }

  protected override no(status: number): Reply {
    return json(status, { error: { code: status, message: NO[status] ?? 'Internal Server Error' } });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === `${this.basePath}/keys`;
  }

  protected override answer(request: RecordedRequest): Answer {
    const { method } = request;
    const { pathname, searchParams } = addressOf(request);
    const key = bearerOf(request) ?? '';
    const isManager = key === this.managementKey;
    if (method === 'GET' && pathname === `${this.basePath}/key`) {
      const known = isManager || this.takes(key);
      return { kind: 'verification', reply: known ? this.#about(key, isManager) : this.no(401) };
    }
    const below = `${this.basePath}/keys`;
    if (pathname !== below && !pathname.startsWith(`${below}/`)) return this.#refuse(404);
    if (!isManager) return this.#refuse(this.takes(key) ? 403 : 401);
    if (method === 'GET' && pathname === below) return { kind: 'reply', reply: this.#part(searchParams) };
    if (method === 'DELETE') return this.revocation(pathname.slice(below.length + 1), json(200, { deleted: true }));
    return this.asksToRotate(request) ? this.#create(request) : this.#refuse(404);
  }

  #create(request: RecordedRequest): Answer {
    const { name, ...asked } = jsonOf(request) ?? {};
    const isTyped = header(request, 'Content-Type') === 'application/json';
    const isKnown = Object.keys(asked).every((field) => Object.hasOwn(UNLIMITED, field));
    if (typeof name !== 'string' || name === '' || !isTyped || !isKnown) return this.#refuse(400);
    return this.creation(name, (made) => {
      this.#limits.set(made.value, { ...UNLIMITED, ...asked });
      return json(201, { data: this.#shown(made), key: made.value });
    });
  }

  #about(key: string, isManager: boolean): Reply {
    const flags = { is_free_tier: false, is_management_key: isManager, is_provisioning_key: isManager };
    return json(200, { data: { label: labelOf(key), usage: 1.5, ...this.limitsOf(key), ...flags } });
  }

  /** The newest first. */
  #part(query: URLSearchParams): Reply {
    const offset = Number(query.get('offset') ?? 0);
    const all = [...this.keys].reverse();
    return json(200, { data: all.slice(offset, offset + PART).map((key) => this.#shown(key)) });
  }

  #shown({ id, name, value }: LiveKey) {
    const times = { created_at: '2026-01-02T10:00:00Z', updated_at: null };
    return { hash: id, name, label: labelOf(value), disabled: false, usage: 1.5, ...this.limitsOf(value), ...times };
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

export function startOpenRouter(
  options: { key?: string; name?: string; limits?: Partial<Limits> } = {},
): Promise<FakeOpenRouter> {
  return new FakeOpenRouter(options).listen();
}

function keyOf(bytes: Buffer): string {
  return `sk-or-v1-${bytes.toString('hex')}`;
}

function labelOf(key: string): string {
  return `${key.slice(0, 12)}...${key.slice(-3)}`;
}
