import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeBridge, type PreloadBridge } from '../../preload/bridge.ts';
import { calls } from '../../preload/contract.ts';
import { CONFIRMATION_WINDOW_CALLS, MAIN_WINDOW_CALLS } from '../../preload/names.ts';
import { ElectronDouble } from './electron-double.ts';

const dist = join(import.meta.dirname, '../../dist/preload');

describe('the calls of a window', () => {
  it('are all of the contract but those that confirm, for the main window', () => {
    expect([...MAIN_WINDOW_CALLS].sort()).toEqual(
      Object.keys(calls)
        .filter((name) => name !== 'approve' && name !== 'approveBatch')
        .sort(),
    );
  });

  it('are what a confirmation needs, for the confirmation window', () => {
    expect(CONFIRMATION_WINDOW_CALLS).toEqual([
      'getSettings',
      'getApproval',
      'getBatch',
      'approve',
      'approveBatch',
      'deny',
      'getRotation',
    ]);
  });
});

describe.each([
  ['main-window', MAIN_WINDOW_CALLS],
  ['confirmation-window', CONFIRMATION_WINDOW_CALLS],
] as const)('the bridge of the %s', (window, names) => {
  async function exposed() {
    const electron = new ElectronDouble();
    const invoke = vi.fn(async () => ({ result: 'done' }));
    vi.resetModules();
    vi.doMock('electron', () => ({ ...electron.module, ipcRenderer: { invoke, on: vi.fn(), off: vi.fn() } }));
    await (window === 'main-window'
      ? import('../../preload/main-window.ts')
      : import('../../preload/confirmation-window.ts'));
    vi.doUnmock('electron');
    return { electron, invoke, bridge: electron.exposed.get('rekey') as PreloadBridge };
  }

  it('is all that its page sees: two functions', async () => {
    const { electron, bridge } = await exposed();
    expect([...electron.exposed.keys()]).toEqual(['rekey']);
    expect(Object.keys(bridge)).toEqual(['call', 'on']);
    expect(Object.values(bridge).map((value) => typeof value)).toEqual(['function', 'function']);
  });

  it('carries its own calls and no others', async () => {
    const { bridge, invoke } = await exposed();
    for (const name of [...Object.keys(calls), 'constructor', '__proto__', 'rekey:call', '']) {
      invoke.mockClear();
      const allowed = names.some((one) => one === name);
      const answer = await bridge.call(name, { some: 'input' });
      expect('result' in answer, name).toBe(allowed);
      expect(invoke.mock.calls, name).toEqual(allowed ? [['rekey:call', name, { some: 'input' }]] : []);
    }
  });

  it('is built as one file that needs nothing but electron', async () => {
    const code = await readFile(join(dist, `${window}.cjs`), 'utf8');
    const needs = [...code.matchAll(/require\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name]) => name);
    expect(needs).toEqual(['electron']);
    // The contract's schemas, and zod with them, stay in the main process.
    expect(code.length).toBeLessThan(6_000);
  });
});

it('a call that can’t reach the main process ends as a failure, not as an error', async () => {
  const ipc = { invoke: () => Promise.reject(new Error('An object could not be cloned.')), on: vi.fn(), off: vi.fn() };
  const answer = await makeBridge(ipc, MAIN_WINDOW_CALLS).call('getStatus', {});
  expect(answer).toMatchObject({ failure: { code: 'app-not-reached' } });
});
