import { randomBytes } from 'node:crypto';
import { bearerOf, FakeKeyListService } from './key-list-service.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import type { Answer } from './service.ts';

const NO: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'authorization required',
  403: 'access forbidden',
  404: 'unable to find API Key',
  429: 'too many requests',
};
const GIVEN = ['2fa_required', 'sender_verification_eligible'];
const KEYS = ['api_keys.create', 'api_keys.delete', 'api_keys.read'];
/** All that a key may do here; whoever asks for none of it gets all of it. */
export const EVERYTHING = [...KEYS, 'mail.send', 'stats.read', 'user.profile.read'];

/** Stands in for SendGrid: keys with scopes. */
export class FakeSendGrid extends FakeKeyListService {
  protected override readonly basePath = '';
  readonly #scopes = new Map<string, readonly string[]>();

  constructor({
    scopes = [...KEYS, 'mail.send'],
    ...first
  }: { key?: string; name?: string; scopes?: readonly string[] }) {
    const make = (): string => `SG.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
    super(make, (value) => value.split('.')[1] ?? '', first);
    this.#scopes.set(this.key, scopes);
  }

  /** What a key may do, without what every key may. */
  scopesOf(key: string): readonly string[] {
    return this.#scopes.get(key) ?? [];
  }

  protected override no(status: number): Reply {
    return json(status, { errors: [{ field: null, message: NO[status] ?? 'internal error' }] });
  }

  protected override asksToRotate({ method, path }: RecordedRequest): boolean {
    return method === 'POST' && path === '/v3/api_keys';
  }

  protected override answer(request: RecordedRequest): Answer {
    const { method, path } = request;
    const key = bearerOf(request) ?? '';
    const scopes = this.scopesOf(key);
    if (method === 'GET' && path === '/v3/scopes') {
      const may = json(200, { scopes: [...scopes, ...GIVEN] });
      return { kind: 'verification', reply: this.takes(key) ? may : this.no(401) };
    }
    if (!/^\/v3\/api_keys(?:\/|$)/.test(path)) return this.#refuse(404);
    if (!this.takes(key)) return this.#refuse(401);
    const verb = { GET: 'read', POST: 'create', DELETE: 'delete' }[method];
    if (!scopes.includes(`api_keys.${verb}`)) return this.#refuse(403);
    if (method === 'GET' && path === '/v3/api_keys')
      return { kind: 'reply', reply: json(200, { result: this.#shown() }) };
    if (method === 'DELETE') return this.revocation(path.slice('/v3/api_keys/'.length), NO_CONTENT);
    return this.asksToRotate(request) ? this.#create(request) : this.#refuse(404);
  }

  #create(request: RecordedRequest): Answer {
    const { name, scopes = EVERYTHING } = jsonOf(request) ?? {};
    const isTyped = header(request, 'Content-Type') === 'application/json';
    if (typeof name !== 'string' || name === '' || name.length > 100 || !isTyped) return this.#refuse(400);
    if (!Array.isArray(scopes) || scopes.some((scope) => !EVERYTHING.includes(scope))) return this.#refuse(400);
    return this.creation(name, ({ id, value }) => {
      this.#scopes.set(value, scopes);
      return json(201, { api_key: value, api_key_id: id, name, scopes: [...scopes, ...GIVEN] });
    });
  }

  #shown() {
    return this.keys.map(({ id, name }) => ({ api_key_id: id, name }));
  }

  #refuse(status: number): Answer {
    return { kind: 'reply', reply: this.no(status) };
  }
}

const NO_CONTENT: Reply = { status: 204, headers: {}, body: '' };

export function startSendGrid(
  options: { key?: string; name?: string; scopes?: readonly string[] } = {},
): Promise<FakeSendGrid> {
  return new FakeSendGrid(options).listen();
}
