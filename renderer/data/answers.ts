import type { AnyEvent, CallOutput, RekeyApi } from '../../preload/contract.ts';
import { CallFailure } from '../carrier/call-failure.ts';

/** The calls that a page shows as they stand, and shows again when they have changed. */
export type ShownCall =
  | 'getStatus'
  | 'getSettings'
  | 'getDesktop'
  | 'listProviders'
  | 'listServices'
  | 'listCredentials'
  | 'listReminders'
  | 'listHosts'
  | 'listConnections'
  | 'listBackups'
  | 'listApprovals'
  | 'listRotations'
  | 'listActivity'
  | 'getPractice';

/** `value` stays while it is asked for again, so that nothing jumps. */
export interface Answer<K extends ShownCall> {
  readonly value: CallOutput<K> | null;
  readonly failure: CallFailure | null;
}

interface Held {
  answer: Answer<ShownCall>;
  /** The call that is under way. */
  asking: Promise<void> | null;
  /** The one that follows it, since something has changed meanwhile. */
  again: Promise<void> | null;
}

const NOTHING: Answer<never> = { value: null, failure: null };

const AFTER_CHANGE = {
  status: ['getStatus', 'listCredentials'],
  services: ['listServices', 'listProviders', 'listCredentials', 'getStatus'],
  settings: ['getSettings', 'listHosts'],
  credentials: ['listCredentials', 'listHosts', 'listReminders'],
  hosts: ['listHosts', 'listBackups', 'listConnections'],
  activity: ['listActivity'],
  desktop: ['getDesktop'],
  practice: ['getPractice'],
} as const satisfies Record<string, readonly ShownCall[]>;

/** What the core last answered, kept fresh by its events. */
export class Answers {
  readonly #api: RekeyApi;
  readonly #held = new Map<ShownCall, Held>();
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;

  constructor(api: RekeyApi) {
    this.#api = api;
    this.#stop = api.on((event) => this.#take(event));
  }

  /** Hears of nothing any more. */
  close(): void {
    this.#stop();
  }

  get<K extends ShownCall>(name: K): Answer<K> {
    return (this.#held.get(name)?.answer ?? NOTHING) as Answer<K>; // each name only ever holds its own answer
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for it if nobody has yet. */
  want(name: ShownCall): void {
    if (!this.#held.has(name)) void this.ask(name);
  }

  /** Asks again for all that is shown. */
  refresh(): void {
    for (const name of this.#held.keys()) void this.ask(name);
  }

  /** @returns when what is shown is no older than this call. */
  ask(name: ShownCall): Promise<void> {
    const held = this.#held.get(name) ?? { answer: NOTHING, asking: null, again: null };
    this.#held.set(name, held);
    if (held.asking) {
      held.again ??= held.asking.then(() => held.asking ?? this.#call(name, held));
      return held.again;
    }
    return this.#call(name, held);
  }

  #call(name: ShownCall, held: Held): Promise<void> {
    held.again = null;
    held.asking = this.#api
      .call(name, {})
      .then(
        (value) => {
          held.answer = { value, failure: null };
        },
        (error: unknown) => {
          held.answer = { value: held.answer.value, failure: CallFailure.from(error) };
        },
      )
      .then(() => {
        held.asking = null;
        this.#tell();
      });
    return held.asking;
  }

  #take(event: AnyEvent): void {
    if (event.name === 'changed') this.#askShown(AFTER_CHANGE[event.payload.topic]);
    else if (event.name === 'practice') return;
    else if (event.name === 'approval') this.#put('listApprovals', event.payload);
    else {
      if (event.name === 'rotation') this.#put('listRotations', event.payload);
      this.#askShown(['listCredentials', 'listReminders']);
    }
  }

  #askShown(names: readonly ShownCall[]): void {
    for (const name of names) if (this.#held.has(name)) void this.ask(name);
  }

  /** An approval or a rotation comes whole with its event. */
  #put(name: 'listApprovals' | 'listRotations', item: { id: string }): void {
    const held = this.#held.get(name);
    if (!held) return;
    const known = (held.answer.value ?? []) as { id: string }[]; // both lists hold things with an id
    const value = [item, ...known.filter(({ id }) => id !== item.id)] as CallOutput<typeof name>;
    held.answer = { value, failure: null };
    // An answer under way may be older than this event.
    if (held.asking) void this.ask(name);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
