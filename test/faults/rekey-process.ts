import { type ChildProcess, fork } from 'node:child_process';
import type { CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import type { Answer, Question, StartOptions } from './child-messages.ts';
import type { Moment } from './moments.ts';

type Asked = Question extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never;

/** Rekey in a process of its own that can be made to die at a moment. */
export class RekeyProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer | null) => void>();
  #questions = 0;
  /** Settles when it has ended, with the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** See {@link StartOptions}. */
  readonly clockAheadMs: number;

  private constructor(child: ChildProcess, { clockAheadMs }: StartOptions) {
    this.#child = child;
    this.clockAheadMs = clockAheadMs;
    this.ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    // Of a message to one that has just died.
    child.on('error', () => {});
    child.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
    void this.ended.then(() => {
      for (const settle of this.#waiting.values()) settle(null);
    });
  }

  /** @param program built from `rekey-child.ts`. */
  static async start(program: string, home: string, options: StartOptions): Promise<RekeyProcess> {
    const { PATH, DBUS_SESSION_BUS_ADDRESS, NODE_COMPILE_CACHE } = process.env;
    const given = Object.entries({ PATH, DBUS_SESSION_BUS_ADDRESS, NODE_COMPILE_CACHE });
    const child = fork(program, [home, JSON.stringify(options)], {
      env: {
        ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
        HOME: home,
        NODE_NO_WARNINGS: '1',
      },
      execArgv: [],
    });
    const started = new RekeyProcess(child, options);
    await started.#answerTo(0);
    return started;
  }

  call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    return this.#ask({ ask: 'call', name, input }) as Promise<CallOutput<K>>; // the core has checked it by the contract
  }

  /** Remembers all moments from now on, or dies at one of them. */
  async watch(until: string | null): Promise<void> {
    await this.#ask({ ask: 'watch', until });
  }

  moments(): Promise<readonly Moment[]> {
    return this.#ask({ ask: 'moments' }) as Promise<readonly Moment[]>; // as the child has sent it
  }

  async unlock(): Promise<void> {
    await this.#ask({ ask: 'unlock' });
  }

  fingerprint(account: string): Promise<string | null> {
    return this.#ask({ ask: 'fingerprint', account }) as Promise<string | null>; // as the child has sent it
  }

  /** Used memory of its heap, after what nobody uses was cleared away. */
  heapMegabytes(): Promise<number> {
    return this.#ask({ ask: 'heap' }) as Promise<number>; // as the child has sent it
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async kill(): Promise<void> {
    if (this.isRunning) this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** As a person quits it. */
  async stop(): Promise<void> {
    if (this.isRunning && this.#child.connected) this.#child.disconnect();
    await this.ended;
  }

  #ask(question: Asked): Promise<unknown> {
    const id = ++this.#questions;
    const answer = this.#answerTo(id);
    if (this.#child.connected) this.#child.send({ ...question, id });
    return answer;
  }

  #answerTo(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (answer: Answer | null): void => {
        this.#waiting.delete(id);
        if (answer && answer.error === undefined) resolve(answer.answer);
        else reject(new Error(answer?.error ?? 'Rekey’s process has ended'));
      };
      this.#waiting.set(id, settle);
      if (!this.isRunning) settle(null);
    });
  }
}
