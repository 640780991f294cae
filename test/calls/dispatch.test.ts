import { describe, expect, it } from 'vitest';
import type { Caller, Carrier } from '../../main/calls/caller.ts';
import { dispatch, type Handlers } from '../../main/calls/dispatch.ts';
import { calls } from '../../preload/contract.ts';

const from = (carrier: Carrier): Caller => ({ carrier, program: null, pid: null, client: null });

/** Only the call under test is ever reached. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const refuse = async (): Promise<never> => {
    throw new Error('reached a handler that the test did not expect');
  };
  return { ...(Object.fromEntries(Object.keys(calls).map((name) => [name, refuse])) as unknown as Handlers), ...some };
}

describe('a call from any carrier', () => {
  it('is refused under a name that the contract does not have, also one that every object has', async () => {
    for (const name of ['nope', 'constructor', '__proto__', 'toString']) {
      await expect(dispatch(handlersWith({}), name, {}, from('page'))).rejects.toMatchObject({ code: 'unknown-call' });
    }
  });

  it('is refused with input that the contract does not take, and the input is not repeated', async () => {
    const input = { name: '', provider: 'bitscale', key: 'sk-live-CANARY' };
    const failure = dispatch(handlersWith({}), 'addCredential', input, from('page'));
    await expect(failure).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('name') });
    await expect(failure).rejects.not.toThrow(/CANARY/);
  });

  it('does not answer with more than the contract has, such as a secret that a handler let slip', async () => {
    const leaking = { removed: 'work', key: 'sk-live-CANARY' };
    const answer = await dispatch(
      handlersWith({ removeCredential: async () => leaking }),
      'removeCredential',
      { credential: 'work' },
      from('page'),
    );
    expect(answer).toEqual({ removed: 'work' });
  });

  it.each([
    ['agent', 'approve'],
    ['agent', 'deny'],
    ['agent', 'addCredential'],
    ['agent', 'removeCredential'],
    ['agent', 'copyKey'],
    ['agent', 'changeSettings'],
    ['agent', 'chooseKeychain'],
    ['script', 'changeSettings'],
    ['script', 'copyKey'],
    ['confirmation-window', 'addCredential'],
    ['confirmation-window', 'requestRotation'],
  ] as const)('from %s is refused for %s, before its input is looked at', async (carrier, name) => {
    await expect(dispatch(handlersWith({}), name, { nonsense: true }, from(carrier))).rejects.toMatchObject({
      code: 'call-not-allowed',
    });
  });
});
