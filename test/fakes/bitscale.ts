import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService, reply } from './service.ts';

const NO: Readonly<Record<number, string>> = {
  401: 'Invalid API key',
  403: 'Forbidden',
  429: 'Too many requests',
};

/** Stands in for BitScale. */
export class FakeBitscale extends FakeService {
  protected override readonly basePath = '/api/v1';
  readonly #ring: KeyRing;
  readonly #workspace: string;
  readonly #nextKeys: string[] = [];

  constructor({ key, workspace = 'Acme' }: { key?: string; workspace?: string }) {
    super();
    const make = (): string => this.#nextKeys.shift() ?? `sk-live-${randomBytes(20).toString('hex')}`;
    this.#ring = new KeyRing(this.switches, make, key);
    this.#workspace = workspace;
  }

  /** The workspace's key as it is now. */
  get key(): string {
    return this.#ring.current;
  }

  /** The keys that the next rotations make, in this order. */
  makeNext(...keys: readonly string[]): void {
    this.#nextKeys.push(...keys);
  }

  takes(key: string): boolean {
    return this.#ring.takes(key);
  }

  protected override no(status: number): Reply {
    return json(status, { message: NO[status] ?? 'Internal server error' });
  }

  protected override asksToRotate({ path }: RecordedRequest): boolean {
    return path === '/api/v1/api-key/rotate';
  }

  protected override answer(request: RecordedRequest): Answer {
    // A bearer token counts for nothing here.
    const known = this.#ring.takes(header(request, 'X-API-KEY'));
    if (request.path === '/api/v1/workspace' && request.method === 'GET') {
      return { kind: 'verification', reply: known ? json(200, workspaceNamed(this.#workspace)) : this.no(401) };
    }
    if (!this.asksToRotate(request)) return reply(404, { message: 'Not found' });
    if (request.method !== 'POST') return reply(405, { message: 'Method not allowed' });
    if (!known) return reply(401, { message: NO[401] });
    const good = header(request, 'Content-Type') === 'application/json' && request.body === '{}';
    if (!good) return reply(400, { message: 'Bad request' });
    return {
      kind: 'rotation',
      rotate: () => this.#ring.rotate(),
      reply: ({ fresh }) => json(200, { api_key: fresh }),
    };
  }
}

export function startBitscale(options: { key?: string; workspace?: string } = {}): Promise<FakeBitscale> {
  return new FakeBitscale(options).listen();
}

function workspaceNamed(name: string) {
  return {
    id: 'ws_1',
    name,
    plan: { name: 'Growth' },
    credits: { total: 1_000, used: 10, remaining: 990 },
    members: { total: 3 },
  };
}
