import { randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.ts';
import type { Rotated } from './misbehaviour.ts';
import { header, jsonOf, type RecordedRequest } from './recorded-request.ts';
import { json, type Reply } from './reply.ts';
import { type Answer, FakeService, reply } from './service.ts';

/** Whose key was sent; `agent` is null for the operator's. */
interface Identity {
  readonly agent: number | null;
}

/** Stands in for Lightning Faucet: one operator with some agents. */
export class FakeLightningFaucet extends FakeService {
  protected override readonly basePath = '/ai-agents/api';
  readonly #operator: KeyRing;
  readonly #agents: ReadonlyMap<number, KeyRing>;

  constructor({ operatorKey, agents = [7] }: { operatorKey?: string; agents?: readonly number[] }) {
    super();
    this.#operator = new KeyRing(this.switches, () => `lf_${randomBytes(24).toString('hex')}`, operatorKey);
    this.#agents = new Map(
      agents.map((id) => [id, new KeyRing(this.switches, () => `agent_${randomBytes(24).toString('hex')}`)]),
    );
  }

  /** The operator's key as it is now. */
  get operatorKey(): string {
    return this.#operator.current;
  }

  /** An agent's key as it is now. */
  agentKey(id: number): string {
    const ring = this.#agents.get(id);
    if (!ring) throw new Error(`the stand-in has no agent ${id}`);
    return ring.current;
  }

  takes(key: string): boolean {
    return this.#whoIs(key) !== null;
  }

  protected override no(status: number): Reply {
    return json(status, { success: false, error: status === 429 ? 'Too many requests' : `Error ${status}` });
  }

  protected override asksToRotate(request: RecordedRequest): boolean {
    return ['regenerate_operator_key', 'regenerate_agent_key'].includes(String(jsonOf(request)?.action));
  }

  protected override answer(request: RecordedRequest): Answer {
    const document = jsonOf(request);
    if (request.path !== this.basePath || request.method !== 'POST') return reply(404, failure('Not found'));
    if (header(request, 'Content-Type') !== 'application/json' || !document) return reply(400, failure('Invalid JSON'));
    const who = this.#whoIs(document.api_key);
    switch (document.action) {
      case 'whoami':
        return { kind: 'verification', reply: json(200, who ? this.#whoami(who) : failure('Invalid API key')) };
      case 'regenerate_operator_key':
        if (!who || who.agent !== null) return reply(200, failure(who ? 'Operator key required' : 'Invalid API key'));
        return this.#rotation(this.#operator, 60);
      case 'regenerate_agent_key':
        return this.#agentRotation(who, document.agent_id);
      default:
        return reply(200, failure('Unknown action'));
    }
  }

  #agentRotation(who: Identity | null, id: unknown): Answer {
    if (!who) return reply(200, failure('Invalid API key'));
    if (who.agent !== null) return reply(200, failure('Operator key required'));
    const ring = typeof id === 'number' ? this.#agents.get(id) : undefined;
    return ring ? this.#rotation(ring, 30) : reply(200, failure('Agent not found'));
  }

  #rotation(ring: KeyRing, minutes: number): Answer {
    const field = this.switches.has('rotates-and-answers-new-api-key') ? 'new_api_key' : 'api_key';
    return {
      kind: 'rotation',
      rotate: () => ring.rotate(),
      reply: ({ fresh }: Rotated) =>
        json(200, {
          success: true,
          [field]: fresh,
          message: 'API key rotated',
          cooldown_until: new Date(Date.now() + minutes * 60_000).toISOString(),
        }),
    };
  }

  #whoIs(key: unknown): Identity | null {
    if (this.#operator.takes(key)) return { agent: null };
    const agent = [...this.#agents].find(([, ring]) => ring.takes(key));
    return agent ? { agent: agent[0] } : null;
  }

  #whoami({ agent }: Identity) {
    if (agent === null) {
      const agent_count = this.#agents.size;
      return { success: true, type: 'operator', id: 42, name: 'Acme', balance_sats: 21_000, agent_count };
    }
    const name = `Agent ${agent}`;
    const budget = { balance_sats: 2_100, budget_limit_sats: 5_000 };
    return { success: true, type: 'agent', id: agent, name, ...budget, operator_id: 42 };
  }
}

export function startLightningFaucet(
  options: { operatorKey?: string; agents?: readonly number[] } = {},
): Promise<FakeLightningFaucet> {
  return new FakeLightningFaucet(options).listen();
}

function failure(error: string) {
  return { success: false, error };
}
