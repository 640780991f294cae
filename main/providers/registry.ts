import { a2amarket } from './a2amarket.ts';
import { bitscale } from './bitscale.ts';
import { cloudflare } from './cloudflare.ts';
import { gitlab } from './gitlab.ts';
import { launchdarkly } from './launchdarkly.ts';
import { lightningFaucet } from './lightning-faucet.ts';
import { log10x } from './log10x.ts';
import { neon } from './neon.ts';
import { OF_ONE_KEY } from './of-one-key.ts';
import { openrouter } from './openrouter.ts';
import { portkey } from './portkey.ts';
import type { ProviderView } from './provider.schema.ts';
import type { Provider } from './provider.ts';
import { ProviderError } from './provider-error.ts';
import { resend } from './resend.ts';
import { sendgrid } from './sendgrid.ts';

/** The services that Rekey knows by itself. */
export const builtInProviders: readonly Provider[] = [
  bitscale,
  lightningFaucet,
  log10x,
  a2amarket,
  gitlab,
  cloudflare,
  launchdarkly,
  portkey,
  resend,
  neon,
  openrouter,
  sendgrid,
];

/** Providers by their id: those that Rekey knows by itself, and those that the person has described. */
export class ProviderRegistry {
  readonly #builtIn: ReadonlyMap<string, Provider>;
  #described: ReadonlyMap<string, Provider> = new Map();

  constructor(builtIn: readonly Provider[]) {
    this.#builtIn = byId(builtIn);
  }

  /** These are the described ones from here on. One with the id of a built-in service never takes its place. */
  describe(providers: readonly Provider[]): void {
    this.#described = byId(providers.filter(({ id }) => !this.isBuiltIn(id)));
  }

  /** @throws {ProviderError} `provider-unknown` */
  get(id: string): Provider {
    const provider = this.find(id);
    if (provider) return provider;
    throw new ProviderError(
      'provider-unknown',
      'Rekey does not know this provider. Nothing was changed.',
      `Choose one of: ${this.all()
        .map((one) => one.id)
        .join(', ')}. Or describe the service, under Settings or with \`rekey services\`.`,
    );
  }

  /** Null where there is none, as when a description has gone that credentials are still of. */
  find(id: string): Provider | null {
    return this.#builtIn.get(id) ?? this.#described.get(id) ?? null;
  }

  isBuiltIn(id: string): boolean {
    return this.#builtIn.has(id);
  }

  all(): readonly Provider[] {
    return [...this.#builtIn.values(), ...this.#described.values()];
  }

  /** What a page may know of a provider. */
  view(provider: Provider): ProviderView {
    const { id, name, strategy, verifies, keysPage, baseUrls, envNames, keyHint, settings, companions } = provider;
    return {
      id,
      name,
      origin: this.isBuiltIn(id) ? 'built-in' : 'described',
      strategy,
      verifies,
      keysPage,
      baseUrls: [...baseUrls],
      envNames: [...envNames],
      keyHint,
      settings: [...settings],
      settingsOfKey: settings.flatMap(({ name }) => (OF_ONE_KEY.includes(name) ? [name] : [])),
      companions: companions.map((companion) => ({ ...companion })),
    };
  }
}

function byId(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.id, provider]));
}
