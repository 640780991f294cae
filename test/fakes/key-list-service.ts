import { KeyList, type LiveKey } from './key-list.ts';
import type { Rotated } from './misbehaviour.ts';
import { header, type RecordedRequest } from './recorded-request.ts';
import type { Reply } from './reply.ts';
import { type Answer, FakeService } from './service.ts';

/** A stand-in for a service that makes a second key: "rotating" is making one. */
export abstract class FakeKeyListService extends FakeService {
  protected readonly list: KeyList;

  constructor(make: () => string, idOf: (value: string) => string, first: { key?: string; name?: string }) {
    super();
    this.list = new KeyList(this.switches, make, idOf);
    this.list.keep(first.name ?? 'first', first.key);
  }

  /** The newest key that was not revoked. */
  get key(): string {
    return this.list.live.at(-1)?.value ?? '';
  }

  /** All keys that were not revoked, the newest last. */
  get keys(): readonly LiveKey[] {
    return this.list.live;
  }

  /** A further key, as a person makes one on the service's page. */
  addKey(name: string): LiveKey {
    return this.list.keep(name);
  }

  /** Ends a key, as a person does on the service's page. */
  removeKey(value: string): void {
    for (const { id } of this.keys.filter((key) => key.value === value)) this.list.revoke(id);
  }

  takes(key: string): boolean {
    return this.list.takes(key);
  }

  /** Makes a key of this name. */
  protected creation(name: string, reply: (made: LiveKey) => Reply): Answer {
    const old = this.key;
    let made: LiveKey | null = null;
    const rotate = (): Rotated => {
      made = this.list.create(name);
      return { old, fresh: made.value };
    };
    return { kind: 'rotation', rotate, reply: () => (made ? reply(made) : this.no(500)) };
  }

  /** Revokes the key of this id, if there is one. */
  protected revocation(id: string, good: Reply): Answer {
    if (!this.keys.some((key) => key.id === id)) return { kind: 'reply', reply: this.no(404) };
    return { kind: 'revocation', revoke: () => this.list.revoke(id), reply: good };
  }
}

/** The bearer token of a request, or undefined. */
export function bearerOf(request: RecordedRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(header(request, 'Authorization') ?? '')?.[1];
}

/** Path and query of a request. */
export function addressOf({ path }: RecordedRequest): URL {
  return new URL(path, 'http://stand-in');
}
