import { a2amarket } from './a2amarket.ts';
import { bitscale } from './bitscale.ts';
import { lightningFaucet } from './lightning-faucet.ts';
import { log10x } from './log10x.ts';
import type { ProviderView } from './provider.schema.ts';
import type { Provider } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/** The services that Rekey knows by itself. */
export const builtInProviders: readonly Provider[] = [bitscale, lightningFaucet, log10x, a2amarket];

/** Providers by their id. */
export class ProviderRegistry {
  readonly #providers: ReadonlyMap<string, Provider>;

  constructor(providers: readonly Provider[]) {
    this.#providers = new Map(providers.map((provider) => [provider.id, provider]));
  }

  /** @throws {ProviderError} `provider-unknown` */
  get(id: string): Provider {
    const provider = this.#providers.get(id);
    if (provider) return provider;
    throw new ProviderError(
      'provider-unknown',
      'Rekey does not know this provider. Nothing was changed.',
      `Choose one of: ${[...this.#providers.keys()].join(', ')}.`,
    );
  }

  all(): readonly Provider[] {
    return [...this.#providers.values()];
  }

  /** What a page may know of a provider. */
  view(provider: Provider): ProviderView {
    const { id, name, strategy, keysPage, baseUrls, envNames, keyHint, settings } = provider;
    return {
      id,
      name,
      strategy,
      keysPage,
      baseUrls: [...baseUrls],
      envNames: [...envNames],
      keyHint,
      settings: [...settings],
    };
  }
}
