import { expect, it } from 'vitest';
import type { AnyEvent } from '../../preload/contract.ts';
import { PreloadCarrier } from '../../renderer/carrier/preload-carrier.ts';

const failure = { code: 'keychain-locked', message: 'It is locked.', wayOut: 'Unlock it.' };

it('a failed call over the preload is thrown with its code, words and way out', async () => {
  const carrier = new PreloadCarrier({ call: async () => ({ failure }), on: () => () => {} });
  await expect(carrier.call('getStatus', {})).rejects.toMatchObject(failure);
});

it('calls and events pass through as they are, until the listener is taken away', async () => {
  const listeners = new Set<(event: AnyEvent) => void>();
  const carrier = new PreloadCarrier({
    call: async (name, input) => ({ result: [name, input] }),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  expect(await carrier.call('verifyCredential', { credential: 'work' })).toEqual([
    'verifyCredential',
    { credential: 'work' },
  ]);
  const stop = carrier.on(() => {});
  expect(listeners.size).toBe(1);
  stop();
  expect(listeners.size).toBe(0);
});

it('a window is always connected to its core', () => {
  const told: string[] = [];
  new PreloadCarrier({ call: async () => ({ result: null }), on: () => () => {} }).onConnection((state) =>
    told.push(state),
  );
  expect(told).toEqual(['open']);
});
