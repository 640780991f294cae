import { expect, it, vi } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { ends, rotationOf } from '../e2e/scripted/rotation.ts';
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
  expect(electron.boxes[0]).toMatchObject({
    type: 'warning',
    message: 'Rekey is replacing a key at this moment.',
    buttons: ['Stay', 'Quit all the same…'],
    defaultId: 0,
    cancelId: 0,
  });
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

it('names the key that is being replaced', async () => {
  const booted = await boot();
  const { electron, core } = booted;
  core.putRotation(rotationOf(core.ask(AGENT), 'requested'));
  booted.busy = true;
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(1));
  expect(electron.boxes[0]?.message).toBe('Rekey is replacing the key of “work”.');
});

it('quits all the same only after a second question, at which Stay stands first', async () => {
  const booted = await boot();
  const { electron } = booted;
  booted.busy = true;
  electron.presses.push('Quit all the same…');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
  expect(electron.boxes[1]).toMatchObject({ buttons: ['Stay', 'Quit, and risk the key'], defaultId: 0, cancelId: 0 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(booted.stopped).toBe(0);
  electron.presses.push('Quit all the same…', 'Quit, and risk the key');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(booted.stopped).toBe(1);
});

it('offers the key that is in memory only, copies it, and stays', async () => {
  const booted = await boot();
  const { electron, core } = booted;
  const { id } = core.putRotation(ends['memory-only'](core.ask(AGENT)));
  booted.busy = true;
  electron.presses.push('Copy the key now');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
  expect(electron.boxes[0]).toMatchObject({
    message: 'The new key of “work” is in Rekey’s memory only.',
    buttons: ['Copy the key now', 'Stay', 'Quit all the same…'],
    defaultId: 1,
    cancelId: 1,
  });
  expect(electron.boxes[0]?.detail).toContain('The keychain of this machine can’t be used');
  expect(electron.boxes[1]?.detail).toContain('cleared after 30 seconds, and when Rekey quits');
  expect(core.inputsOf('copyNewKey')).toEqual([{ id }]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(electron.app.ended).toBe(false);
});

it('says that the key is lost before it quits with a key in memory only', async () => {
  const booted = await boot();
  const { electron, core } = booted;
  core.putRotation(ends['memory-only'](core.ask(AGENT)));
  booted.busy = true;
  electron.presses.push('Quit all the same…', 'Quit, and lose the key');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(electron.boxes[1]?.message).toBe('Quit, and lose the new key of “work”?');
});

it('stays, and says why, when the key can’t be copied', async () => {
  const booted = await boot();
  const { electron, core } = booted;
  core.putRotation(ends['memory-only'](core.ask(AGENT)));
  core.failing.set('copyNewKey', { code: 'clipboard-failed', message: 'Nothing was copied.', wayOut: 'Try again.' });
  booted.busy = true;
  electron.presses.push('Copy the key now');
  electron.app.quit();
  await vi.waitFor(() => expect(electron.boxes).toHaveLength(2));
  expect(electron.boxes[1]).toMatchObject({ type: 'error', message: 'Nothing was copied.' });
  expect(booted.stopped).toBe(0);
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
        desktopChanged: () => {},
        linkRefused: () => {},
        stop: () => Promise.reject(new Error('it does not stop')),
      };
    },
  });
  electron.app.quit();
  await vi.waitFor(() => expect(electron.app.ended).toBe(true));
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
