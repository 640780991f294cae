import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Core } from '../../main/calls/dispatch.ts';
import * as errors from '../../main/errors.ts';
import type { RekeyOptions, RunningRekey } from '../../main/rekey.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import { ElectronDouble } from './electron-double.ts';

interface BootOptions<C extends Core> {
  readonly core?: C;
  readonly electron?: ElectronDouble;
  readonly byBridge?: boolean;
  /** In the place of the core's start. */
  readonly startRekey?: (options: RekeyOptions) => Promise<RunningRekey>;
}

export interface Booted<C extends Core> {
  readonly electron: ElectronDouble;
  readonly core: C;
  readonly home: string;
  /** What `main/index.ts` gave to the core. */
  readonly options: RekeyOptions[];
  /** Set by a test: whether a rotation runs just now. */
  busy: boolean;
  stopped: number;
  /** What the shell has told the core: that the desktop's things changed, that a link was refused. */
  readonly told: ('desktop' | 'link')[];
}

/** Reads `main/index.ts` itself, on a double of Electron and a scripted core, up to its first menu. */
export async function boot(options?: BootOptions<ScriptedCore>): Promise<Booted<ScriptedCore>>;
export async function boot<C extends Core>(options: BootOptions<C> & { core: C }): Promise<Booted<C>>;
export async function boot(options: BootOptions<Core> = {}): Promise<Booted<Core>> {
  const booted = await prepare(options);
  await import('../../main/index.ts');
  await vi.waitFor(() => booted.electron.menu, { timeout: 10_000 });
  return booted;
}

/** All that `boot` does but for reading `main/index.ts`. */
export async function prepare(options: BootOptions<Core> = {}): Promise<Booted<Core>> {
  const electron = options.electron ?? new ElectronDouble();
  const core = options.core ?? new ScriptedCore();
  const home = await mkdtemp(join(tmpdir(), 'rekey-'));
  const { emitter, faults } = processFaults();
  onTestFinished(async () => {
    // The app listens for faults of its process, which is the test's here.
    for (const [name, known] of faults) {
      for (const one of emitter.listeners(name)) if (!known.includes(one)) emitter.off(name, one as () => void);
    }
    for (const mocked of ['electron', '../../main/rekey.ts', '../../main/errors.ts']) vi.doUnmock(mocked);
    vi.unstubAllEnvs();
    Reflect.deleteProperty(process, 'resourcesPath');
    await rm(home, { recursive: true, force: true });
  });
  const booted: Booted<Core> = { electron, core, home, options: [], busy: false, stopped: 0, told: [] };
  const scripted = async (given: RekeyOptions): Promise<RunningRekey> => {
    booted.options.push(given);
    return {
      core,
      dataFolder: join(home, 'rekey'),
      busy: () => booted.busy,
      desktopChanged: () => booted.told.push('desktop'),
      linkRefused: () => booted.told.push('link'),
      stop: async () => {
        booted.stopped++;
      },
    };
  };
  vi.resetModules();
  // A packaged app finds there what the packager has put beside it.
  Object.defineProperty(process, 'resourcesPath', { value: join(home, 'resources'), configurable: true });
  vi.stubEnv('REKEY_HOME', join(home, 'rekey'));
  vi.stubEnv('REKEY_STARTED_BY', options.byBridge ? 'bridge' : '');
  vi.doMock('electron', () => electron.module);
  // Read anew like all the rest, its class would not know the errors that a test and its core throw.
  vi.doMock('../../main/errors.ts', () => errors);
  vi.doMock('../../main/rekey.ts', () => ({ startRekey: options.startRekey ?? scripted }));
  return booted;
}

/** Who listens for faults of this process now. */
function processFaults() {
  const emitter: NodeJS.EventEmitter = process;
  const names = ['uncaughtException', 'unhandledRejection'];
  return { emitter, faults: names.map((name) => [name, emitter.listeners(name)] as const) };
}
