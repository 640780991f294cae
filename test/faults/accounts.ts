import { builtInProviders } from '../../main/providers/registry.ts';
import type { CallInput } from '../../preload/contract.ts';
import { type StandIn, type StandInId, startStandIn } from '../fakes/all.ts';
import type { LiveKey } from '../fakes/key-list.ts';
import type { Switch } from '../fakes/switches.ts';
import { hostFiles, type KeyFile } from './host-files.ts';

/** One account at a stand-in, and all that stands on the machine of it. */
export interface Account {
  readonly service: Pick<StandIn, 'fail' | 'stop' | 'takes' | 'rotationRequests' | 'isLate'>;
  /** In which ways the service is always another than usual. */
  readonly switches: readonly Switch[];
  /** What a person is to be told when the service has kept the new key: the page where they make another. */
  readonly wayOutOfLoss: string;
  /** What the person has described of the service, where Rekey does not know it by itself. */
  readonly description: string | null;
  readonly credentials: readonly CallInput<'addCredential'>[];
  /** Name of the credential whose key is rotated; an agent's, which is made by the rotation, has none before. */
  readonly name: string;
  readonly request: CallInput<'requestRotation'>;
  /** How long the old key is to work on, in minutes; null where there is no choice. */
  readonly graceMinutes: number | null;
  readonly files: readonly KeyFile[];
  /** The key as it is at the service now, and further secrets of it. */
  secrets(): readonly string[];
  /** All keys that the service takes or has not revoked; null where it has one at a time. */
  keys(): readonly LiveKey[] | null;
  /** What a person gets on the service's page. */
  makeKey(): Promise<string>;
}

export const NAME = 'work';

interface Options {
  readonly request?: Omit<CallInput<'requestRotation'>, 'credential'>;
  readonly graceMinutes?: number;
  readonly ownFiles?: readonly KeyFile[];
  readonly makeKey?: (service: StandIn) => Promise<string>;
}

/** An account at the stand-in of a service that Rekey knows, with its key in three hosts' files. */
export async function openAccount(
  id: StandInId,
  { request = {}, graceMinutes, ownFiles = [], makeKey = async ({ key }) => key }: Options = {},
): Promise<Account> {
  const provider = builtInProviders.find((one) => one.id === id);
  if (!provider) throw new Error(`no provider is ${id}`);
  const service = await startStandIn(id);
  const { url: baseUrl, key, settings, manager } = service;
  return {
    service,
    switches: [],
    wayOutOfLoss: provider.keysPage,
    description: null,
    credentials: [
      ...(manager ? [{ ...manager, provider: id, baseUrl }] : []),
      { name: NAME, provider: id, key, baseUrl, settings },
    ],
    name: NAME,
    request: { credential: NAME, ...request },
    graceMinutes: graceMinutes ?? null,
    files: [...hostFiles([provider.envNames[0]], ['-y', `${id}-mcp`]), ...ownFiles],
    secrets: () => [service.key],
    keys: () => service.keys,
    makeKey: () => makeKey(service),
  };
}
