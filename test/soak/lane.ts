import { setTimeout as sleep } from 'node:timers/promises';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { RekeyProcess } from '../faults/rekey-process.ts';
import type { Account } from './estate.ts';
import type { Fault } from './faults.ts';

const GLANCE_MS = 40;
/** Longer than anything takes that goes on by itself, a lock of a process that was killed among it. */
const PATIENCE_MS = 60_000;
/** Longer than a doubt lasts that goes away by itself. */
const DOUBT_MS = 5_000;

/** Gives the process that runs now, waiting for the next one where the last was killed. */
export type Running = () => Promise<RekeyProcess>;

/** How one rotation went: `null` when none came into being. */
export interface Turn {
  readonly outcome: Rotation['outcome'] | null;
  /** The service had kept the new key, the person was told, and has pasted one that they made by hand. */
  readonly told: boolean;
  /** Nobody has the key that the service takes, and nobody was told. */
  readonly lost: boolean;
}

/** The life of one credential: a rotation after the other, each with its fault, whatever is killed meanwhile. */
export class Lane {
  readonly #account: Account;
  readonly #running: Running;
  #last: string | null = null;

  constructor(account: Account, running: Running) {
    this.#account = account;
    this.#running = running;
  }

  /** One rotation, and what the person is told to do, up to a key that is known to work. */
  async turn({ switches }: Fault): Promise<Turn> {
    const { service } = this.#account;
    service.fail(...switches);
    await this.#start();
    service.fail(...switches);
    let told = false;
    const rotation = await this.#settle(async (one) => {
      // Whatever the service does wrong, it does not do for ever.
      if (one.waiting) service.fail();
      if (one.offers.includes('paste-key')) told = true;
    });
    service.fail();
    const isNew = rotation !== null && rotation.id !== this.#last;
    this.#last = rotation?.id ?? this.#last;
    return { outcome: isNew ? rotation.outcome : null, told, lost: !(await this.#works()) };
  }

  /** Asks for a rotation and confirms it; one that is there already is as good. */
  async #start(): Promise<void> {
    await this.#despiteKills(async (rekey) => {
      const before = await this.#newest(rekey);
      if (before && before.step !== 'ended') return;
      const asked = await rekey.call('requestRotation', { credential: this.#account.name });
      const graceMinutes = asked.plan.grace?.choices[0];
      const choices = graceMinutes === undefined ? {} : { graceMinutes };
      await rekey.call('approve', { id: asked.id, planHash: asked.plan.hash, ...choices });
    });
  }

  /** Sees the rotation to its end. @param hear gets each state that is looked at. */
  #settle(hear: (rotation: Rotation) => Promise<void>): Promise<Rotation | null> {
    return this.#despiteKills(async (rekey) => {
      const newest = await this.#newest(rekey);
      const deadline = Date.now() + PATIENCE_MS;
      const hopeless = Date.now() + DOUBT_MS;
      for (let rotation = newest; rotation; rotation = await rekey.call('getRotation', { id: rotation.id })) {
        await hear(rotation);
        if (isThrough(rotation)) return rotation;
        if (Date.now() > deadline)
          throw new Error(`“${this.#account.name}” stays at ${rotation.step}: ${saidOf(rotation)}`);
        await this.#doWhatIsSaid(rekey, rotation, Date.now() < hopeless);
        await sleep(GLANCE_MS);
      }
      return null;
    });
  }

  async #doWhatIsSaid(
    rekey: RekeyProcess,
    { id, offers, waiting, outcome }: Rotation,
    patient: boolean,
  ): Promise<void> {
    if (outcome === 'lost') await rekey.call('adoptKey', { id, key: this.#account.service.key });
    else if (outcome === 'done-in-part' || waiting?.on === 'person') await rekey.call('resumeRotation', { id });
    // As long as the service lets the old key work on, nobody knows: the next rotation gives a key that is sure.
    else if (!patient && offers.includes('give-up')) await rekey.call('giveUpRotation', { id });
  }

  /** Whether the keychain's key is the one that the service takes. */
  async #works(): Promise<boolean> {
    return this.#despiteKills(async (rekey) => {
      const { state, credential } = await rekey.call('verifyCredential', { credential: this.#account.name });
      const inKeychain = await rekey.fingerprint(`credential:${credential.id}:current`);
      return state === 'accepted' && inKeychain === credential.fingerprint;
    });
  }

  async #newest(rekey: RekeyProcess): Promise<Rotation | null> {
    const all = await rekey.call('listRotations', {});
    return all.find(({ target }) => target.name === this.#account.name) ?? null;
  }

  async #despiteKills<T>(work: (rekey: RekeyProcess) => Promise<T>): Promise<T> {
    for (;;) {
      const rekey = await this.#running();
      try {
        return await work(rekey);
      } catch (error) {
        if (rekey.isRunning) throw error;
      }
    }
  }
}

function isThrough({ step, outcome, revocation }: Rotation): boolean {
  if (step !== 'ended' || outcome === 'lost' || outcome === 'done-in-part') return false;
  return revocation?.by !== 'rekey' || revocation.state === 'revoked' || revocation.state === 'undone';
}

function saidOf({ waiting, problem }: Rotation): string {
  return (waiting?.problem ?? problem)?.message ?? 'nothing is said';
}
