import type { RekeyOptions } from '../../main/rekey.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { StandInHost } from './stand-in-host.ts';

/** A sandbox in which a stand-in for Claude Desktop has the key of the credential `work` in its config. */
export interface StandInStory {
  readonly service: FakeBitscale;
  readonly sandbox: Sandbox;
  readonly host: StandInHost;
  /** The key before any rotation. */
  readonly old: string;
  close(): Promise<void>;
}

export async function openStandInStory(delays: NonNullable<RekeyOptions['delays']>): Promise<StandInStory> {
  const service = await startBitscale();
  const sandbox = await openSandbox({ delays });
  const old = service.key;
  const host = new StandInHost(sandbox.home);
  await host.install(old);
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: old, baseUrl: service.url });
  return {
    service,
    sandbox,
    host,
    old,
    async close() {
      await host.end();
      await sandbox.dispose();
      await service.stop();
    },
  };
}
