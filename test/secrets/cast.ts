import { type FakeA2amarket, startA2amarket } from '../fakes/a2amarket.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { type FakeLightningFaucet, startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { type FakeLog10x, startLog10x } from '../fakes/log10x.ts';
import { type FakeResend, startResend } from '../fakes/resend.ts';
import type { FakeService } from '../fakes/service.ts';
import type { Canary } from './search.ts';

/** Everything that a service in the story makes is a secret: it is asked for its keys again and again. */
interface Role {
  readonly service: FakeService;
  /** Its secrets as they are now. */
  readonly secrets: () => readonly (string | null)[];
}

/** The services of the story, one for each credential, and every secret that they ever gave away. */
export class Cast {
  readonly bitscale: Readonly<Record<BitscaleRole, FakeBitscale>>;
  readonly logs: FakeLog10x;
  readonly wallet: FakeLightningFaucet;
  readonly market: FakeA2amarket;
  /** Makes a second key before the first one goes. */
  readonly mail: FakeResend;
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #canaries = new Map<string, Canary & { readonly role: string }>();

  static async start(): Promise<Cast> {
    const bitscale = await Promise.all(BITSCALE_ROLES.map(async (role) => [role, await startBitscale()] as const));
    return new Cast(
      Object.fromEntries(bitscale) as Record<BitscaleRole, FakeBitscale>, // one for each role
      await startLog10x(),
      await startLightningFaucet({ agents: [7] }),
      await startA2amarket(),
      await startResend(),
    );
  }

  private constructor(
    bitscale: Record<BitscaleRole, FakeBitscale>,
    logs: FakeLog10x,
    wallet: FakeLightningFaucet,
    market: FakeA2amarket,
    mail: FakeResend,
  ) {
    this.bitscale = bitscale;
    this.logs = logs;
    this.wallet = wallet;
    this.market = market;
    this.mail = mail;
    this.#roles = new Map<string, Role>([
      ...BITSCALE_ROLES.map((role): [string, Role] => [
        role,
        { service: bitscale[role], secrets: () => [bitscale[role].key] },
      ]),
      ['logs', { service: logs, secrets: () => [logs.key] }],
      ['wallet', { service: wallet, secrets: () => [wallet.operatorKey, wallet.agentKey(7)] }],
      ['mail', { service: mail, secrets: () => mail.keys.map(({ value }) => value) }],
      ['market', { service: market, secrets: () => [market.key, market.hmacSecret] }],
    ]);
    this.note();
  }

  /** Takes down which secrets there are now. After each thing that can make one. */
  note(): void {
    for (const [role, { secrets }] of this.#roles)
      for (const value of secrets()) if (value !== null) this.mark(role, value);
  }

  /** A secret that no service has made. */
  mark(role: string, value: string): void {
    if (this.#canaries.has(value)) return;
    const number = this.of(role).length + 1;
    const publicBeginning = /^(sk-live-|lf_|agent_|ak_|re_)?/.exec(value)?.[0].length ?? 0;
    this.#canaries.set(value, { role, name: `secret ${number} of ${role}`, value, publicBeginning });
  }

  get canaries(): readonly Canary[] {
    return [...this.#canaries.values()];
  }

  /** Names of the secrets of some roles, in the order in which they were made. */
  of(...roles: readonly string[]): string[] {
    return [...this.#canaries.values()].filter(({ role }) => roles.includes(role)).map(({ name }) => name);
  }

  get roles(): string[] {
    return [...this.#roles.keys()];
  }

  portOf(role: string): string {
    return new URL(this.#roles.get(role)?.service.url ?? '').port;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#roles.values()].map(({ service }) => service.stop()));
  }
}

const BITSCALE_ROLES = ['work', 'lost', 'doubt', 'garbage', 'crash', 'paged', 'found'] as const;
export type BitscaleRole = (typeof BITSCALE_ROLES)[number];
