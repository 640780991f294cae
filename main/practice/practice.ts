import { randomUUID } from 'node:crypto';
import type { AnyEvent } from '../../preload/contract.ts';
import type { Caller } from '../calls/caller.ts';
import type { Core } from '../calls/dispatch.ts';
import type { Machine, Platform } from '../machine.ts';
import type { Send } from '../providers/http.ts';
import type { Provider } from '../providers/provider.ts';
import { notRunning } from './errors.ts';
import type { PracticeView, Trouble } from './practice.schema.ts';
import { checkPracticeCall } from './practice-calls.ts';
import { PracticeHome, removePractice } from './practice-home.ts';
import { claudeFile, cursorFile } from './practice-hosts.ts';
import { practiceProvider } from './practice-provider.ts';
import { PracticeService } from './practice-service.ts';
import { sendWithin } from './send-within.ts';

const CREDENTIAL = 'practice';

/** In practice every confirmation is given in the page itself, also where there is a desktop: nothing can come of it. */
const CALLER: Caller = { carrier: 'page', program: 'Rekey', pid: process.pid, client: null };

/** A core of its own, for practice. */
interface PracticeCore {
  readonly core: Core;
  stop(): Promise<void>;
}

export interface PracticeParts {
  /** Becomes all of its own, and is removed. */
  readonly folder: string;
  readonly platform: Platform;
  /** Starts a core in this home that knows this service and no other, and sends in this way alone. */
  start(machine: Machine, provider: Provider, send: Send): Promise<PracticeCore>;
  /** What happens in practice. */
  onEvent(event: AnyEvent): void;
  /** The answer to {@link Practice.view} is another one. */
  onChange(): void;
}

interface Running extends PracticeCore {
  readonly id: string;
  readonly trouble: Trouble;
  readonly home: PracticeHome;
  readonly service: PracticeService;
  troubleEnded: boolean;
}

/**
 * Rotations against a stand-in, in a sandbox: a second core with a home, a keychain and a service of its own, so that
 * anyone can see the whole thing before trusting it with a real key. One at a time.
 */
export class Practice {
  readonly #parts: PracticeParts;
  #running: Running | null = null;
  /** Starting and ending wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: PracticeParts) {
    this.#parts = parts;
  }

  /** Removes what an earlier run of the app has left that did not come to its end. */
  async clear(): Promise<void> {
    await removePractice(this.#parts.folder);
  }

  /** Begins anew; one that runs already ends. */
  async start(trouble: Trouble): Promise<PracticeView> {
    return this.#inTurn(async () => {
      await this.#end();
      this.#running = await this.#begin(trouble);
      this.#parts.onChange();
      return this.#viewOf(this.#running);
    });
  }

  /** Ends it and removes all that it has made. */
  async end(): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#running) return;
      await this.#end();
      this.#parts.onChange();
    });
  }

  /** Null while none runs. */
  async view(): Promise<PracticeView | null> {
    return this.#running && this.#viewOf(this.#running);
  }

  /** The file that could not be written can be. @throws {PracticeError} `practice-not-running` */
  async endTrouble(): Promise<PracticeView> {
    const running = this.#needed();
    await running.home.allowWriting(cursorFile, true);
    running.troubleEnded = true;
    this.#parts.onChange();
    return this.#viewOf(running);
  }

  /**
   * A call of the contract, made of practice's own core.
   * @throws {PracticeError} `practice-not-running`, `practice-call-unknown`; and whatever the call can throw.
   */
  async call(name: string, input: unknown): Promise<unknown> {
    const { core } = this.#needed();
    checkPracticeCall(name);
    return core.callUntyped(name, input, CALLER);
  }

  async #begin(trouble: Trouble): Promise<Running> {
    const { folder, platform, start } = this.#parts;
    await this.clear();
    const service = await new PracticeService(trouble).listen();
    try {
      const home = new PracticeHome(folder, service.key, platform);
      await home.furnish();
      const { origin } = service;
      const { core, stop } = await start(home.machine, practiceProvider(origin), sendWithin(origin));
      await core.call('addCredential', { name: CREDENTIAL, provider: 'practice', key: service.key }, CALLER);
      const running = { id: randomUUID(), trouble, home, service, core, stop, troubleEnded: false };
      this.#listen(running);
      if (trouble === 'file-locked') await home.allowWriting(cursorFile, false);
      return running;
    } catch (error) {
      await service.close();
      await this.clear();
      throw error;
    }
  }

  #listen({ core, home, trouble }: Running): void {
    let putsBack = trouble === 'host-puts-back';
    core.on((event) => {
      if (putsBack && event.name === 'rotation' && event.payload.step === 'patched') {
        putsBack = false;
        home.write(claudeFile);
      }
      this.#parts.onEvent(event);
      if (event.name === 'rotation' || event.name === 'changed') this.#parts.onChange();
    });
  }

  async #end(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = null;
    await running.stop();
    await running.service.close();
    await running.home.remove();
  }

  async #viewOf({ id, trouble, troubleEnded, service, home }: Running): Promise<PracticeView> {
    const files = await home.files(service.keys);
    return { id, trouble, troubleEnded, credential: CREDENTIAL, serviceKey: service.key, files };
  }

  #needed(): Running {
    if (!this.#running) throw notRunning();
    return this.#running;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}
