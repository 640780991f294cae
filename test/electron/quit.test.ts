import { expect, it, vi } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { boot } from './boot.ts';

it('quits when nothing runs, after the core has stopped', async () => {
  const booted = await boot();
  const { electron } = booted;
  electron.app.quit();
  expect(electron.app.ended).toBe(false);
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(booted.stopped).toBe(1);
  expect(electron.boxes).toEqual([]);
});

it('is asked twice in the same moment, and stops once', async () => {
  const booted = await boot();
  booted.electron.app.quit();
  booted.electron.app.quit();
  await vi.waitFor(() => expect(booted.electron.app.ended).toBe(true));
  expect(booted.stopped).toBe(1);
});

it('refuses with words while a rotation could lose its key, once, and quits when it is over', async () => {
  const booted = await boot();
  const { electron } = booted;
  let read = (): void => {};
  electron.reading = new Promise((resolve) => {
    read = resolve;
  });
  booted.busy = true;
  electron.menu.click('Quit Rekey');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(1));
  expect(electron.boxes[0]).toMatchObject({ type: 'warning', message: 'Rekey is replacing a key at this moment.' });
  expect(booted.stopped).toBe(0);
  read();
  await new Promise((resolve) => setImmediate(resolve));
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
  expect(electron.app.ended).toBe(false);
  booted.busy = false;
  await new Promise((resolve) => setImmediate(resolve));
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(booted.stopped).toBe(1);
});

it('takes a copied key out of the clipboard before it ends', async () => {
  const { electron, options } = await boot();
  await options[0]?.clipboard?.copySecret(new Secret('sk-live-1'));
  expect(electron.clipboard.text).toBe('sk-live-1');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(electron.clipboard.text).toBe('');
});

it('ends all the same when something can’t be put away', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { electron } = await boot({
    startRekey: async () => {
      const { ScriptedCore } = await import('../e2e/scripted/scripted-core.ts');
      return {
        core: new ScriptedCore(),
        dataFolder: '/none',
        busy: () => false,
        stop: () => Promise.reject(new Error('it does not stop')),
      };
    },
  });
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
