import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delays } from '../../main/rotation/parts.ts';
import type { CallInput, CallName, CallOutput } from '../../preload/contract.ts';

/** Rekey in a process of its own on a temporary home, with the keys in its encrypted file. */
export class RekeyProcess {
  readonly #child: ChildProcess;
  #calls = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.setMaxListeners(0);
  }

  /**
   * @param options.account whose rights it gets once its sources are loaded; only root can give it another's.
   * @param options.before a module that is loaded before everything else.
   */
  static async start(
    home: string,
    delays: Partial<Delays>,
    { account, before }: { account?: number | undefined; before?: URL } = {},
  ): Promise<RekeyProcess> {
    const options = [home, JSON.stringify(delays), ...(account === undefined ? [] : [String(account)])];
    const child = fork(join(import.meta.dirname, 'rekey-child.ts'), options, {
      env: { PATH: process.env.PATH, HOME: home, NODE_NO_WARNINGS: '1' },
      execArgv: before ? ['--import', before.href] : [],
    });
    const started = new RekeyProcess(child);
    await started.#answer(0);
    return started;
  }

  /** The most memory that it has held so far, in megabytes (Linux). */
  async mostMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const id = ++this.#calls;
    const answer = this.#answer(id);
    this.#child.send({ id, name, input });
    return (await answer) as CallOutput<K>; // the core has checked it by the contract
  }

  /** As a crash or a power cut. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const take = (message: { id: number; answer?: unknown; error?: string }): void => {
        if (message.id !== id) return;
        this.#child.off('message', take);
        if (message.error === undefined) resolve(message.answer);
        else reject(new Error(message.error));
      };
      this.#child.on('message', take);
      this.#child.once('exit', () => reject(new Error('Rekey’s process has ended')));
    });
  }
}
