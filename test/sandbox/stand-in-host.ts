import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../../main/errors.ts';
import { isAlive } from '../../main/hosts/lifecycle/alive.ts';

/** What the stand-in says of itself each time that it starts. */
export interface StandInState {
  readonly pid: number;
  /** Its config as it read it at its start. */
  readonly inMemory: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly mark?: string;
}

/**
 * A real program in the place of Claude Desktop: a node under the path that the catalogue knows, which keeps its config
 * in memory and writes it whole. Whoever starts it again, {@link end} finds and ends it.
 */
export class StandInHost {
  readonly config: string;
  readonly #executable: string;
  readonly #home: string;
  readonly #pids = new Set<number>();

  constructor(home: string) {
    this.#home = home;
    this.config = join(home, '.config', 'Claude', 'claude_desktop_config.json');
    this.#executable = join(home, 'lib', 'claude-desktop', 'claude-desktop');
  }

  /** Puts the program and a config with this key in place. */
  async install(key: string): Promise<void> {
    await mkdir(dirname(this.#executable), { recursive: true });
    await link(process.execPath, this.#executable).catch(async (error: unknown) => {
      if (systemCode(error) === 'EEXIST') return;
      await copyFile(process.execPath, this.#executable);
    });
    await mkdir(dirname(this.config), { recursive: true });
    const servers = { bitscale: { command: 'uvx', args: ['bitscale-mcp'], env: { BITSCALE_API_KEY: key } } };
    await writeFile(this.config, JSON.stringify({ mcpServers: servers, theme: 'dark' }, null, 2));
  }

  /** Starts it as a person would, and waits until it has read its config. */
  async start(...options: readonly string[]): Promise<StandInState> {
    await rm(`${this.config}.state`, { force: true });
    const script = join(import.meta.dirname, 'stand-in-host.js');
    const child = spawn(this.#executable, [script, this.config, ...options], {
      stdio: 'ignore',
      cwd: this.#home,
      env: { PATH: process.env.PATH, HOME: this.#home, MARK: 'of its own' },
    });
    return this.#started(child);
  }

  /** The one that runs now, whoever has started it. */
  async state(): Promise<StandInState> {
    const state: StandInState = JSON.parse(await readFile(`${this.config}.state`, 'utf8'));
    this.#pids.add(state.pid);
    return state;
  }

  /** The one that Rekey has started in the place of that one: it may still be about to read its config. */
  async after({ pid }: Pick<StandInState, 'pid'>): Promise<StandInState> {
    for (;;) {
      const state = await this.state().catch(() => null);
      if (state && state.pid !== pid) return state;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** It writes its config from memory, as when a setting is changed. */
  async writeFromMemory(): Promise<void> {
    process.kill((await this.state()).pid, 'SIGUSR1');
  }

  /** The person quits it; it writes its config once more. */
  async quit(): Promise<void> {
    const { pid } = await this.state();
    process.kill(pid, 'SIGTERM');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  read(): Promise<string> {
    return readFile(this.config, 'utf8');
  }

  /** Ends every one that was seen to run. */
  async end(): Promise<void> {
    await this.state().catch(() => {});
    for (const pid of this.#pids) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #started(child: ChildProcess): Promise<StandInState> {
    if (child.pid === undefined) throw new Error('the stand-in could not be started');
    this.#pids.add(child.pid);
    const ended = once(child, 'exit').then(() => {
      throw new Error('the stand-in ended at its start');
    });
    ended.catch(() => {});
    for (;;) {
      const state = await Promise.race([this.state().catch(() => null), ended]);
      if (state) return state;
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), ended]);
    }
  }
}
