import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { expect } from 'playwright/test';
import { root } from '../../../build/build.ts';
import { type FakeBitscale, startBitscale } from '../../fakes/bitscale.ts';
import { type Desktop, startDesktop } from './desktop.ts';
import type { Runtime } from './runtime.ts';

/** Rekey in a real Electron, in a home of its own with one host, whose file holds the stand-in's key. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly main: Page;
  readonly service: FakeBitscale;
  /** A file of the host Claude Code. */
  readonly file: string;
  readonly home: string;
  /** Null on the machine's own desktop, which isn't ours to look at. */
  readonly desktop: Desktop | null;
  clickInTray(label: string): Promise<void>;
  /** Starts the app once more. @returns how that one ended. */
  startAgain(...args: string[]): Promise<number | null>;
  /** Asks for a rotation by the command line beside the app, and leaves it waiting. */
  askFromCommandLine(name: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startApp(runtime: Runtime, script: string): Promise<RunningApp> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    return await start(runtime, script, ends, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** @param ends gets what ends each thing that was started, in their order. */
async function start(
  runtime: Runtime,
  script: string,
  ends: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<RunningApp> {
  const desktop = runtime.ownDesktop ? await startDesktop() : null;
  if (desktop) ends.push(() => desktop.stop());
  const home = desktop ? join(desktop.folder, 'home') : await mkdtemp(join(tmpdir(), 'rekey-'));
  ends.push(() => rm(home, { recursive: true, force: true }));
  await mkdir(home, { recursive: true });
  const service = await startBitscale();
  ends.push(() => service.stop());
  const file = join(home, '.claude.json');
  const config = { mcpServers: { one: { command: 'npx', env: { BITSCALE_API_KEY: service.key } } } };
  await writeFile(file, JSON.stringify(config));
  for (const path of [home, file]) await desktop?.give(path);
  const executablePath = desktop ? await desktop.startedAsUser(runtime.executable) : runtime.executable;
  const env = { ...environment(), ...desktop?.env, HOME: home, USERPROFILE: home, REKEY_HOME: join(home, 'rekey') };
  const app = await electron.launch({ executablePath, args: [script], chromiumSandbox: true, env, cwd: home });
  const waiting: Promise<void>[] = [];
  // The command line ends with the app that it waits for.
  ends.push(() => Promise.all(waiting));
  ends.push(() => app.close());
  const main = await app.firstWindow();
  await keepMenus(app);
  return {
    app,
    main,
    service,
    file,
    home,
    desktop,
    // The menu follows a change a moment later.
    clickInTray: (label) =>
      expect(() => (desktop ? desktop.tray.click(label) : clickKeptMenu(app, label))).toPass({ timeout: 10_000 }),
    async askFromCommandLine(name) {
      const args = [join(root, 'dist', 'rekey.mjs'), 'rotate', name];
      // As whom the app runs: it talks to nobody else.
      const node = desktop ? await desktop.startedAsUser(process.execPath) : process.execPath;
      const child = spawn(node, args, { env, cwd: home, stdio: 'ignore' });
      waiting.push(new Promise((resolve) => child.once('exit', () => resolve())));
    },
    startAgain: (...args) =>
      new Promise((resolve, reject) => {
        const second = spawn(executablePath, [script, ...args], { env, cwd: home, stdio: 'ignore' });
        second.once('error', reject);
        second.once('exit', resolve);
      }),
    stop,
  };
}

/** Nothing of this machine's but what a program needs to come up on its desktop. */
function environment(): Record<string, string> {
  const kept = [
    'PATH',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'DBUS_SESSION_BUS_ADDRESS',
    'SystemRoot',
  ];
  return Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** A call as the page of a window makes it. */
export async function callIn(
  page: Page,
  name: string,
  input: unknown,
): Promise<{ result?: unknown; failure?: unknown }> {
  return (await page.evaluate(([n, i]) => window.rekey?.call(n as string, i), [name, input] as const)) ?? {};
}

type Keeper = { trayMenu?: Electron.Menu };

/** Nobody can ask a tray for its menu: from now on, each one that is set is kept for the test. */
async function keepMenus(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Tray }) => {
    const set = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (menu) {
      if (menu) (globalThis as Keeper).trayMenu = menu;
      set.call(this, menu);
    };
  });
}

async function clickKeptMenu(app: ElectronApplication, label: string): Promise<void> {
  const clicked = await app.evaluate((_electron, name) => {
    const all = (menu: Electron.Menu): Electron.MenuItem[] =>
      menu.items.flatMap((item) => [item, ...(item.submenu ? all(item.submenu) : [])]);
    const { trayMenu } = globalThis as Keeper;
    const item = trayMenu && all(trayMenu).find((one) => one.label === name && one.enabled);
    item?.click();
    return item !== undefined;
  }, label);
  if (!clicked) throw new Error(`not there, or grey: ${label}`);
}

/** Others may read the script and what it loads: it doesn't run as who has built it. */
export async function readableFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-built-'));
  await chmod(folder, 0o755);
  return folder;
}
