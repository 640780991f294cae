import { startA2amarket } from '../fakes/a2amarket.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { startLog10x } from '../fakes/log10x.ts';
import type { FakeService } from '../fakes/service.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** One credential's service, played by a stand-in of its own. */
export interface Held {
  readonly name: string;
  readonly provider: string;
  readonly service: FakeService;
  readonly settings: Readonly<Record<string, string>>;
  /** As the service takes it now. */
  key(): string;
}

/** So many credentials at each of four services. */
export async function startServices(each: number): Promise<Held[]> {
  const held: Held[] = [];
  for (let number = 1; number <= each; number++) {
    const bitscale = await startBitscale();
    held.push({ ...named('bitscale', number), service: bitscale, settings: {}, key: () => bitscale.key });
    const log10x = await startLog10x();
    held.push({ ...named('log10x', number), service: log10x, settings: {}, key: () => log10x.key });
    const market = await startA2amarket();
    const settings = { agent_id: market.agentId };
    held.push({ ...named('a2amarket', number), service: market, settings, key: () => market.key });
    const faucet = await startLightningFaucet();
    held.push({ ...named('lightning-faucet', number), service: faucet, settings: {}, key: () => faucet.operatorKey });
  }
  return held;
}

function named(provider: string, number: number): { name: string; provider: string } {
  return { name: `${provider} ${number}`, provider };
}

export async function addAll(sandbox: Sandbox, held: readonly Held[]): Promise<void> {
  for (const { name, provider, service, settings, key } of held) {
    await sandbox.call('addCredential', {
      name,
      provider,
      key: key(),
      baseUrl: service.url,
      settings: { ...settings },
    });
  }
}
