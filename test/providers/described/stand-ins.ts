import { randomBytes } from 'node:crypto';
import { KeyRing } from '../../fakes/key-ring.ts';
import { header, jsonOf, type RecordedRequest } from '../../fakes/recorded-request.ts';
import { json, type Reply } from '../../fakes/reply.ts';
import { type Answer, FakeService, reply } from '../../fakes/service.ts';

/** Letters and digits, so many. */
function random(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length);
}

/** “Quill Mail”: keys rotate themselves, under the address of their workspace. */
export class QuillMail extends FakeService {
  protected override readonly basePath = '/v1';
  readonly #ring = new KeyRing(this.switches, () => `quill_${random(24)}`);

  get key(): string {
    return this.#ring.current;
  }

  protected override no(status: number): Reply {
    return json(status, { error: { message: `Quill says ${status}` } });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === '/v1/workspaces/north%20wind/keys/rotate';
  }

  protected override answer(request: RecordedRequest): Answer {
    if (!this.#ring.takes(header(request, 'X-Api-Key'))) return { kind: 'reply', reply: this.no(401) };
    if (request.method === 'GET' && request.path === '/v1/workspaces/north%20wind') {
      return { kind: 'verification', reply: json(200, { workspace: { slug: 'north wind', title: 'North Wind' } }) };
    }
    if (!this.asksToRotate(request)) return reply(404, { error: { message: 'Not found' } });
    const { reason, requested_at: at } = jsonOf(request) ?? {};
    const isWell = reason === 'rotated by Rekey' && typeof at === 'string' && !Number.isNaN(Date.parse(at));
    const isJson = header(request, 'Content-Type') === 'application/json';
    if (!isWell || !isJson || !header(request, 'Idempotency-Key')) return { kind: 'reply', reply: this.no(422) };
    return { kind: 'rotation', rotate: () => this.#ring.rotate(), reply: ({ fresh }) => json(200, { api_key: fresh }) };
  }
}

interface Token {
  readonly id: number;
  readonly label: string;
  readonly secret: string;
}

/** “Harbor Metrics”: several tokens at once, each with an id and a label. */
export class HarborMetrics extends FakeService {
  protected override readonly basePath = '/api';
  #tokens: Token[] = [];
  #nextId = 11;

  constructor() {
    super();
    this.#make('laptop');
    this.#make('office');
  }

  get tokens(): readonly Token[] {
    return this.#tokens;
  }

  protected override no(status: number): Reply {
    return json(status, { errors: [{ detail: `Harbor says ${status}` }] });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === '/api/tokens';
  }

  protected override answer(request: RecordedRequest): Answer {
    const bearer = header(request, 'Authorization')?.replace(/^Bearer /, '');
    const own = this.#tokens.find(({ secret }) => secret === bearer);
    if (!own) return { kind: 'reply', reply: this.no(401) };
    if (this.asksToRotate(request)) return this.#create(request, own);
    const { method, path } = request;
    if (method === 'GET' && path === '/api/tokens/self') {
      return { kind: 'verification', reply: json(200, { data: { owner: { email: 'ada@example.com' } } }) };
    }
    if (method === 'GET' && path === '/api/tokens?limit=100') {
      return reply(200, { data: { tokens: this.#tokens.map(({ id, label }) => ({ id, label })) } });
    }
    return method === 'DELETE' ? this.#revoke(path) : { kind: 'reply', reply: this.no(404) };
  }

  #create(request: RecordedRequest, own: Token): Answer {
    const { token } = jsonOf(request) ?? {};
    const label = typeof token === 'object' && token !== null && 'label' in token ? token.label : null;
    if (typeof label !== 'string') return { kind: 'reply', reply: this.no(422) };
    return {
      kind: 'rotation',
      rotate: () => ({ old: own.secret, fresh: this.#make(label).secret }),
      reply: ({ fresh }) => {
        const made = this.#tokens.find(({ secret }) => secret === fresh);
        return json(201, { data: { token: { id: made?.id, secret: fresh, label } } });
      },
    };
  }

  #revoke(path: string): Answer {
    const left = this.#tokens.filter(({ id }) => path !== `/api/tokens/${id}`);
    if (left.length === this.#tokens.length) return { kind: 'reply', reply: this.no(404) };
    const revoke = (): void => {
      this.#tokens = left;
    };
    return { kind: 'revocation', revoke, reply: { status: 204, headers: {}, body: '' } };
  }

  #make(label: string): Token {
    const token = { id: this.#nextId++, label, secret: `hbr-${random(8)}-${random(32)}` };
    this.#tokens = [...this.#tokens, token];
    return token;
  }
}

/** “Lantern Search”: keys are made on its page; a session tells whether one is good. */
export class LanternSearch extends FakeService {
  protected override readonly basePath = '';
  readonly keys: string[] = [random(40)];

  /** What a person does on its page. */
  makeKey(): string {
    const key = random(40);
    this.keys.push(key);
    return key;
  }

  protected override no(status: number): Reply {
    return json(status, { message: `Lantern says ${status}` });
  }

  protected override asksToRotate(): boolean {
    return false;
  }

  protected override answer(request: RecordedRequest): Answer {
    if (request.method !== 'POST' || request.path !== '/v2/session') return { kind: 'reply', reply: this.no(404) };
    const { credentials } = jsonOf(request) ?? {};
    const key =
      typeof credentials === 'object' && credentials !== null && 'api_key' in credentials ? credentials.api_key : '';
    const known = this.keys.some((one) => one === key) && header(request, 'Accept-Language') === 'en';
    return {
      kind: 'verification',
      reply: known ? json(200, { profile: { team: 'Night watch', login: 'ada' } }) : this.no(401),
    };
  }
}
