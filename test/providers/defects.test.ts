import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { log10x } from '../../main/providers/log10x.ts';
import type { RotationReading } from '../../main/providers/provider.ts';
import { candidates } from '../../main/providers/salvage.ts';
import { send } from '../../main/providers/send.ts';
import { type FakeLog10x, startLog10x } from '../fakes/log10x.ts';
import type { Switch } from '../fakes/switches.ts';
import { attempt, LIMITS, subject } from './subject.ts';

let service: FakeLog10x;

afterEach(() => service.stop());

/**
 * What Log10x's own server does wrong (PROVIDERS.md). That a credentials file can't be written concerns the rotation,
 * not the request.
 */
describe('a defect of Log10x’s own server that Rekey does not have', () => {
  it.each<Switch>(['refuses-with-429', 'refuses-with-500'])('%s: the rotation is sent once', async (failure) => {
    await rotateWith(failure);
    expect(service.rotationRequests).toBe(1);
    expect(service.rotations).toBe(0);
  });

  it('502 after the service had rotated: it is sent once, and in doubt', async () => {
    const { reading } = await rotateWith('rotates-and-answers-502');
    expect(reading).toEqual({ outcome: 'in-doubt', reason: 'it answered 502' });
    expect([service.rotationRequests, service.rotations]).toEqual([1, 1]);
  });

  it('200 without user.environments: the new key is kept', async () => {
    const { reading } = await rotateWith('rotates-and-answers-without-environments');
    expect(reading.outcome === 'rotated' && reading.key.reveal()).toBe(service.key);
    expect(service.requests.at(-1)?.path).toBe('/api/v1/user/rotate-key');
  });

  it('403: it is a no, and not a success', async () => {
    const { reading } = await rotateWith('demo-account');
    expect(reading).toMatchObject({ outcome: 'declined', code: 'demo-account' });
    expect(service.rotations).toBe(0);
  });
});

describe('whatever the service does, the rotation is sent once, and nothing is called a no that isn’t', () => {
  it.each<[Switch, 'answer' | 'candidate' | 'nothing']>([
    ['rotates-and-answers-garbage', 'candidate'],
    ['rotates-and-answers-a-broken-key', 'candidate'],
    ['rotates-and-answers-twice', 'candidate'],
    ['rotates-and-answers-outside-http', 'candidate'],
    ['rotates-and-answers-a-page', 'nothing'],
    ['rotates-and-answers-too-much', 'nothing'],
    ['rotates-and-redirects', 'nothing'],
    ['rotates-and-answers-without-key', 'nothing'],
    ['rotates-and-answers-the-old-key', 'nothing'],
    ['rotates-and-says-failure', 'nothing'],
    ['rotates-and-breaks-mid-answer', 'nothing'],
    [{ answersAfterMs: 50 }, 'answer'],
    [{ dripsEveryMs: 1 }, 'answer'],
  ])('(%j: the key is to be had from: %s)', async (failure, from) => {
    const { reading, old, body } = await rotateWith(failure);
    expect([service.rotationRequests, service.rotations]).toEqual([1, 1]);
    expect(reading.outcome).toBe(from === 'answer' ? 'rotated' : 'in-doubt');
    const saved = candidates(body, log10x, [old]).map((key) => key.reveal());
    if (from === 'candidate') expect(saved).toContain(service.key);
    if (from === 'nothing') expect(saved).not.toContain(service.key);
  });

  it.each<Switch>(['rotates-and-breaks-before-the-answer', 'breaks-before-rotating'])('(%s)', async (failure) => {
    await expect(rotateWith(failure)).rejects.toMatchObject({ code: 'no-answer' });
    expect(service.rotationRequests).toBe(1);
  });

  it('(time runs out while it drips: what came is kept)', async () => {
    const { reading, body } = await rotateWith({ dripsEveryMs: 20 }, 1_000);
    expect(reading).toMatchObject({ outcome: 'in-doubt', reason: 'the answer broke off' });
    expect(body.toString()).toMatch(/^\{/);
    expect([service.rotationRequests, service.rotations]).toEqual([1, 1]);
  });
});

async function rotateWith(
  failure: Switch,
  timeoutMs = LIMITS.timeoutMs,
): Promise<{ reading: RotationReading; old: Secret; body: Buffer }> {
  service = await startLog10x();
  service.fail(failure);
  const old = new Secret(service.key);
  const who = subject({ baseUrl: new URL(service.url) });
  const answer = await send(log10x.rotationRequest(who, old, attempt), { ...LIMITS, timeoutMs });
  return { reading: log10x.readRotation(who, answer, attempt, [old]), old, body: answer.body };
}
