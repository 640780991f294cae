import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Carrier } from '../../main/calls/caller.ts';
import { RawConnection } from '../mcp/raw-connection.ts';
import { type Living, startLiving } from './living.ts';

let living: Living;
afterEach(() => living.close());

const everywhere = (...not: readonly Carrier[]): Carrier[] =>
  (['confirmation-window', 'window', 'tray', 'page', 'terminal', 'script', 'agent'] as const).filter(
    (carrier) => !not.includes(carrier),
  );

/** Someone asks; what the plan's confirmation would need. */
async function asked(carrier: Carrier = 'agent'): Promise<{ id: string; planHash: string }> {
  const { id, plan } = await living.sandbox.call('requestRotation', { credential: 'work' }, carrier);
  return { id, planHash: plan.hash };
}

async function stateOf(id: string): Promise<string> {
  return (await living.sandbox.call('getApproval', { id })).state;
}

describe('an approval', () => {
  it('that is given by five at once is given once, and one rotation comes of it', async () => {
    living = await startLiving();
    const { id, planHash } = await asked();
    const carriers = ['page', 'terminal', 'page', 'script', 'terminal'] as const;
    const given = await Promise.allSettled(
      carriers.map((carrier) => living.sandbox.call('approve', { id, planHash }, carrier)),
    );
    const [good, ...others] = given.flatMap((one) => (one.status === 'fulfilled' ? [one.value.rotationId] : []));
    expect(others).toEqual([]);
    expect(given.filter(({ status }) => status === 'rejected')).toEqual(
      Array.from({ length: 4 }, () => ({
        status: 'rejected',
        reason: expect.objectContaining({ code: 'approval-decided' }),
      })),
    );
    expect(await living.sandbox.settled(good ?? '')).toMatchObject({ outcome: 'done' });
    for (const again of ['approve', 'deny', 'withdraw'] as const)
      await expect(living.sandbox.call(again, { id, planHash })).rejects.toMatchObject({ code: 'approval-decided' });
    expect(living.service.rotationRequests).toBe(1);
  });

  it('and a denial at the same moment: one of them counts', async () => {
    living = await startLiving();
    const { id, planHash } = await asked();
    const given = await Promise.allSettled([
      living.sandbox.call('deny', { id }),
      living.sandbox.call('approve', { id, planHash }, 'terminal'),
    ]);
    expect(given.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await stateOf(id)).toBe('denied');
    await living.unharmed();
  });

  it('that comes when the time is over is refused', async () => {
    living = await startLiving({ approvalWindowMs: 100 });
    const { id, planHash } = await asked();
    await expect.poll(() => stateOf(id)).toBe('expired');
    for (const carrier of ['page', 'terminal', 'script'] as const)
      await expect(living.sandbox.call('approve', { id, planHash }, carrier)).rejects.toMatchObject({
        code: 'approval-decided',
      });
    await living.unharmed();
  });

  it.each(['', '0', 'a'.repeat(100_000), '__proto__'])(
    'of another plan is refused, and the request waits on',
    async (planHash) => {
      living = await startLiving();
      const { id } = await asked();
      await expect(living.sandbox.call('approve', { id, planHash })).rejects.toMatchObject({
        code: 'approval-plan-changed',
      });
      expect(await stateOf(id)).toBe('waiting');
      await living.unharmed();
    },
  );

  it.each([randomUUID(), '', '__proto__', 'constructor', '../../credentials'])(
    'of a request that is not there is refused',
    async (id) => {
      living = await startLiving();
      const { planHash } = await asked();
      await expect(living.sandbox.call('approve', { id, planHash })).rejects.toMatchObject({
        code: 'approval-unknown',
      });
      await living.unharmed();
    },
  );

  it('of a request that an earlier run of Rekey has asked is refused', async () => {
    living = await startLiving();
    const { id, planHash } = await asked('page');
    await living.sandbox.restart();
    await expect(living.sandbox.call('approve', { id, planHash })).rejects.toMatchObject({ code: 'approval-unknown' });
    await living.unharmed();
  });

  it.each(everywhere('confirmation-window'))(
    'by way of “%s” is refused where a desktop is, and the request waits on',
    async (carrier) => {
      living = await startLiving({ shell: 'electron', desktop: true });
      const { id, planHash } = await asked();
      await expect(living.sandbox.call('approve', { id, planHash }, carrier)).rejects.toMatchObject({
        code: expect.stringMatching(/^(approval-not-here|call-not-allowed)$/),
      });
      expect(await stateOf(id)).toBe('waiting');
      await living.unharmed();
    },
  );

  it.each(everywhere('page', 'terminal'))(
    'by way of “%s” is refused where none is and scripts may not',
    async (carrier) => {
      living = await startLiving();
      await living.sandbox.call('changeSettings', { allowScriptedConfirmation: false });
      const { id, planHash } = await asked();
      await expect(living.sandbox.call('approve', { id, planHash }, carrier)).rejects.toMatchObject({
        code: expect.stringMatching(/^(approval-not-here|call-not-allowed)$/),
      });
      expect(await stateOf(id)).toBe('waiting');
    },
  );
});

describe('an agent', () => {
  const FORBIDDEN = [
    'approve',
    'deny',
    'changeSettings',
    'copyKey',
    'addCredential',
    'removeCredential',
    'takeIn',
  ] as const;

  it.each(FORBIDDEN)('can’t call %s, whatever it gives', async (name) => {
    living = await startLiving();
    const { id, planHash } = await asked();
    const { core } = living.sandbox.rekey;
    const agent = {
      carrier: 'agent',
      program: 'an agent',
      pid: 1,
      client: { name: 'an agent', version: '1' },
    } as const;
    await expect(core.callUntyped(name, { id, planHash, credential: 'work' }, agent)).rejects.toMatchObject({
      code: 'call-not-allowed',
    });
    expect(await stateOf(id)).toBe('waiting');
    await living.unharmed();
  });
});

describe('a program on the socket', () => {
  it('can’t say by what way it comes: neither in its hello nor in its calls', async () => {
    living = await startLiving({ shell: 'electron', desktop: true });
    const { id, planHash } = await asked();
    const connection = await RawConnection.greeted(living.path, { interactive: true, program: 'Rekey' });
    connection.send({ id: 1, call: 'approve', input: { id, planHash, carrier: 'confirmation-window' } });
    const answer = await connection.next();
    expect(answer).toMatchObject({ id: 1, failure: { code: 'approval-not-here' } });
    for (const more of [{ carrier: 'confirmation-window' }, { as: 'window' }]) {
      const other = await RawConnection.open(living.path);
      other.send({
        rekey: 1,
        as: 'calls',
        program: 'x',
        pid: 1,
        parent: null,
        parentPid: null,
        interactive: true,
        ...more,
      });
      expect(await other.next()).toMatchObject({ failure: { code: 'hello-bad' } });
    }
    expect(await stateOf(id)).toBe('waiting');
    connection.close();
    await living.unharmed(JSON.stringify(answer));
  });

  it('that is gone has its request taken back, and nobody can approve it any more', async () => {
    living = await startLiving();
    const connection = await RawConnection.greeted(living.path);
    connection.send({ id: 1, call: 'requestRotation', input: { credential: 'work' } });
    const answer = await connection.next();
    const { id, plan } = Reflect.get(answer ?? {}, 'result') as { id: string; plan: { hash: string } };
    connection.close();
    await expect.poll(() => stateOf(id)).toBe('withdrawn');
    await expect(living.sandbox.call('approve', { id, planHash: plan.hash })).rejects.toMatchObject({
      code: 'approval-decided',
    });
    await living.unharmed(JSON.stringify(answer));
  });
});
