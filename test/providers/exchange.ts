import { Secret } from '../../main/credentials/secret.ts';
import type { Attempt, Provider, Subject } from '../../main/providers/provider.ts';
import { send } from '../../main/providers/send.ts';
import type { RecordedRequest } from '../fakes/recorded-request.ts';
import type { FakeService } from '../fakes/service.ts';
import { attempt, LIMITS, subject } from './subject.ts';

type Partly = Partial<Subject> & { readonly attempt?: Partial<Attempt> };

/** One rotation over the wire. */
export async function rotate(
  provider: Provider,
  { url }: Pick<FakeService, 'url'>,
  key: string,
  { attempt: changes, ...partial }: Partly = {},
) {
  const who = subject({ baseUrl: new URL(url), ...partial });
  const secret = new Secret(key);
  const mine = { ...attempt, ...changes };
  const answer = await send(provider.rotationRequest(who, secret, mine), LIMITS);
  return provider.readRotation(who, answer, mine, [secret]);
}

/** One question about a key over the wire. */
export async function verify(
  provider: Provider,
  { url }: Pick<FakeService, 'url'>,
  key: string,
  partial: Partial<Subject> = {},
) {
  const who = subject({ baseUrl: new URL(url), ...partial });
  return provider.readVerification(who, await send(provider.verificationRequest(who, new Secret(key)), LIMITS));
}

export function keyOf(reading: ReturnType<Provider['readRotation']>): string | null {
  return reading.outcome === 'rotated' ? reading.key.reveal() : null;
}

/** The last request as it came, without the headers that every request of Rekey has. */
export function sent(service: FakeService): Omit<RecordedRequest, 'headers'> & { headers: Record<string, string> } {
  const last = service.requests.at(-1);
  if (!last) throw new Error('nothing came');
  const always = ['Host', 'User-Agent', 'Accept', 'Accept-Encoding', 'Connection'];
  const headers = Object.fromEntries(last.headers.filter(([name]) => !always.includes(name)));
  return { ...last, headers };
}
