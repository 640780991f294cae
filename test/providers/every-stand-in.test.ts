import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import type { HttpRequest } from '../../main/providers/http.ts';
import type { ListedKey, Subject } from '../../main/providers/provider.ts';
import { builtInProviders, ProviderRegistry } from '../../main/providers/registry.ts';
import { candidates } from '../../main/providers/salvage.ts';
import { send } from '../../main/providers/send.ts';
import { STAND_INS, type StandIn, startStandIn } from '../fakes/all.ts';
import type { Switch } from '../fakes/switches.ts';
import { attempt, LIMITS, subject } from './subject.ts';

it('is there for every service that Rekey knows by itself', () => {
  expect(STAND_INS).toEqual(builtInProviders.map(({ id }) => id));
});

/** The ways in which a new key is to be found in the answer after all, or not. */
const WITH_KEY: readonly Switch[] = [
  'rotates-and-answers-garbage',
  'rotates-and-answers-twice',
  'rotates-and-answers-outside-http',
];
const WITHOUT_KEY: readonly Switch[] = [
  'rotates-and-answers-502',
  'rotates-and-answers-a-page',
  'rotates-and-answers-without-key',
  'rotates-and-answers-the-old-key',
  'rotates-and-redirects',
];

describe.each(STAND_INS)('the stand-in of %s', (id) => {
  const provider = new ProviderRegistry(builtInProviders).get(id);
  let standIn: StandIn;

  beforeEach(async () => {
    standIn = await startStandIn(id);
  });
  afterEach(() => standIn.stop());

  const ask = (request: HttpRequest) => send(request, LIMITS);
  const whose = (settings: Subject['settings'] = {}): Subject => {
    const kind = provider.kindOf(new Secret(standIn.key));
    return subject({ baseUrl: new URL(standIn.url), kind, settings: { ...standIn.settings, ...settings } });
  };

  async function verify(key: string) {
    return provider.readVerification(whose(), await ask(provider.verificationRequest(whose(), new Secret(key))));
  }

  /** As the rotation does it: what the service tells of the old key goes into the request. */
  async function prepared(): Promise<{ who: Subject; asking: Secret; old: ListedKey | null }> {
    const asking = new Secret(standIn.manager?.key ?? standIn.key);
    const told = await verify(asking.reveal());
    if (told.state !== 'accepted') throw new Error('not accepted');
    const { overlap } = provider;
    if (!overlap) return { who: whose(told.settings), asking, old: null };
    const listed = overlap.readList(whose(), await ask(overlap.listRequest(whose(), asking, null)))?.keys ?? [];
    const oldId = overlap.idOf(whose(), new Secret(standIn.key), listed);
    const old = listed.find((one) => one.id === oldId) ?? null;
    return { who: whose({ ...told.settings, ...old?.settings }), asking, old };
  }

  async function rotate({ who, asking }: { who: Subject; asking: Secret }) {
    const known = [asking, new Secret(standIn.key)];
    const answer = await ask(provider.rotationRequest(who, asking, attempt));
    return { reading: provider.readRotation(who, answer, attempt, known), body: answer.body };
  }

  it('has a key in the form of the service, which is good, and whose consequences can be told', async () => {
    expect(provider.keyPattern.test(standIn.key)).toBe(true);
    expect(await verify(standIn.key)).toMatchObject({ state: 'accepted' });
    expect(provider.consequences(whose())).not.toEqual([]);
  });

  it('gives a new key, and in the end the old one is dead', async () => {
    const [old, before] = [standIn.key, await prepared()];
    const { reading } = await rotate(before);
    if (reading.outcome !== 'rotated') throw new Error('not rotated');
    expect(reading.key.reveal()).toBe(standIn.key);
    expect(standIn.key).not.toBe(old);
    expect(await verify(standIn.key)).toMatchObject({ state: 'accepted' });
    expect([standIn.rotationRequests, standIn.rotations]).toEqual([1, 1]);
    expect(standIn.takes(old)).toBe(provider.overlap !== null || (reading.oldKeyWorksUntil ?? null) !== null);
    const { overlap } = provider;
    expect(standIn.keys !== null).toBe(overlap !== null);
    if (!overlap) return;
    expect(standIn.keys?.map((key) => key.id)).toEqual([before.old?.id, reading.keyId]);
    const asking = standIn.manager ? before.asking : reading.key;
    const revoked = await ask(overlap.revokeRequest(whose(), asking, before.old?.id ?? ''));
    expect(overlap.readRevocation(whose(), revoked)).toEqual({ state: 'revoked' });
    expect([standIn.takes(old), standIn.takes(standIn.key), standIn.revocations]).toEqual([false, true, 1]);
  });

  it.each(WITH_KEY)('%s: the key can be had from the answer', async (failure) => {
    const before = await prepared();
    const old = new Secret(standIn.key);
    standIn.fail(failure);
    const { reading, body } = await rotate(before);
    expect(reading.outcome).toBe('in-doubt');
    expect(standIn.rotations).toBe(1);
    expect(candidates(body, provider, [old]).map((key) => key.reveal())).toContain(standIn.key);
  });

  it.each(WITHOUT_KEY)('%s: it is in doubt', async (failure) => {
    const before = await prepared();
    standIn.fail(failure);
    const { reading } = await rotate(before);
    expect(reading.outcome).toBe('in-doubt');
    expect(standIn.rotations).toBe(1);
  });

  it.each<Switch>(['refuses-with-401', 'refuses-with-403', 'refuses-with-429'])('%s: it is a no', async (failure) => {
    const before = await prepared();
    standIn.fail(failure);
    expect((await rotate(before)).reading).toMatchObject({ outcome: 'declined' });
    expect([standIn.rotationRequests, standIn.rotations]).toEqual([1, 0]);
  });

  it.each<Switch>(['refuses-with-500', 'redirects'])('%s: it is in doubt', async (failure) => {
    const before = await prepared();
    standIn.fail(failure);
    expect((await rotate(before)).reading).toMatchObject({ outcome: 'in-doubt' });
    expect(standIn.rotations).toBe(0);
  });

  it.each<Switch>(['verification-500', 'verification-breaks'])('%s: the key counts as unknown', async (failure) => {
    standIn.fail(failure);
    const reading = await verify(standIn.key).catch(() => ({ state: 'no answer' }));
    expect(reading.state).toBe(failure === 'verification-500' ? 'unknown' : 'no answer');
  });
});
