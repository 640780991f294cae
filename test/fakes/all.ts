import { startA2amarket } from './a2amarket.ts';
import { startBitscale } from './bitscale.ts';
import { startCloudflare } from './cloudflare.ts';
import { startGitLab } from './gitlab.ts';
import type { LiveKey } from './key-list.ts';
import { startLaunchDarkly } from './launchdarkly.ts';
import { startLightningFaucet } from './lightning-faucet.ts';
import { startLog10x } from './log10x.ts';
import { startNeon } from './neon.ts';
import { startOpenRouter } from './openrouter.ts';
import { startPortkey } from './portkey.ts';
import { startResend } from './resend.ts';
import { startSendGrid } from './sendgrid.ts';
import type { FakeService } from './service.ts';
import type { Switch } from './switches.ts';

/** A stand-in as every one of them is: one key at one service. */
export interface StandIn {
  /** The base URL to give to Rekey. */
  readonly url: string;
  /** The key as it is now; where a second one was made, the newest. */
  readonly key: string;
  /** What a person must give beside the key when they add the credential. */
  readonly settings: Readonly<Record<string, string>>;
  /** A credential that must be in Rekey first, under this name: its key asks for the new one. */
  readonly manager: { readonly name: string; readonly key: string } | null;
  /** All keys that were not revoked, with their ids at the service; null where it has no such list. */
  readonly keys: readonly LiveKey[] | null;
  readonly rotationRequests: number;
  readonly rotations: number;
  readonly revocations: number;
  /** Whether it has yet to do what it was asked for. */
  readonly isLate: boolean;
  takes(key: string): boolean;
  fail(...switches: readonly Switch[]): void;
  stop(): Promise<void>;
}

/** What differs from one stand-in to the next. */
interface Own {
  key(): string;
  readonly settings?: StandIn['settings'];
  readonly manager?: StandIn['manager'];
  keys?(): readonly LiveKey[];
}

type Served = FakeService & { takes(key: string): boolean };

const MANAGER = 'openrouter manager';

const STARTS = {
  async bitscale() {
    const service = await startBitscale();
    return standIn(service, { key: () => service.key });
  },
  async 'lightning-faucet'() {
    const service = await startLightningFaucet();
    return standIn(service, { key: () => service.operatorKey });
  },
  async log10x() {
    const service = await startLog10x();
    return standIn(service, { key: () => service.key });
  },
  async a2amarket() {
    const service = await startA2amarket();
    return standIn(service, { key: () => service.key, settings: { agent_id: service.agentId } });
  },
  async gitlab() {
    const service = await startGitLab();
    return standIn(service, { key: () => service.key });
  },
  async cloudflare() {
    const service = await startCloudflare();
    return standIn(service, { key: () => service.key });
  },
  async launchdarkly() {
    const service = await startLaunchDarkly();
    return standIn(service, { key: () => service.key });
  },
  async portkey() {
    const service = await startPortkey();
    return standIn(service, { key: () => service.key, settings: { key_id: service.keyId } });
  },
  async resend() {
    const service = await startResend();
    return standIn(service, { key: () => service.key, keys: () => service.keys });
  },
  async neon() {
    const service = await startNeon();
    return standIn(service, { key: () => service.key, keys: () => service.keys });
  },
  async openrouter() {
    const service = await startOpenRouter();
    return standIn(service, {
      key: () => service.key,
      keys: () => service.keys,
      settings: { manager: MANAGER },
      manager: { name: MANAGER, key: service.managementKey },
    });
  },
  async sendgrid() {
    const service = await startSendGrid();
    return standIn(service, { key: () => service.key, keys: () => service.keys });
  },
} satisfies Readonly<Record<string, () => Promise<StandIn>>>;

/** Id of a provider that has a stand-in. */
export type StandInId = keyof typeof STARTS;

export const STAND_INS = Object.keys(STARTS).filter((id): id is StandInId => Object.hasOwn(STARTS, id));

/** Starts the stand-in of a provider, with one key. Whoever starts it stops it. */
export function startStandIn(id: StandInId): Promise<StandIn> {
  return STARTS[id]();
}

function standIn(service: Served, { key, keys, settings = {}, manager = null }: Own): StandIn {
  return {
    url: service.url,
    get key() {
      return key();
    },
    get keys() {
      return keys?.() ?? null;
    },
    settings,
    manager,
    get rotationRequests() {
      return service.rotationRequests;
    },
    get rotations() {
      return service.rotations;
    },
    get revocations() {
      return service.revocations;
    },
    get isLate() {
      return service.isLate;
    },
    takes: (one) => service.takes(one),
    fail: (...switches) => service.fail(...switches),
    stop: () => service.stop(),
  };
}
