import { setTimeout as sleep } from 'node:timers/promises';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { RekeyProcess } from './rekey-process.ts';
import { latest, rotate, type Stage } from './stage.ts';

/** A sentence or two that a person was told, with what they can do. */
export interface Told {
  readonly code: string;
  readonly words: string;
  /** That the service kept the new key. */
  readonly isLost: boolean;
}

const GLANCE_MS = 10;
/** Longer than anything takes that goes on by itself. */
const PATIENCE_MS = 40_000;

/**
 * Does what a person is told to do, until there is nothing left: unlocks, pastes a key that they have made by hand, tries
 * again, has the old key revoked. What goes on by itself is waited for, but for a time of grace.
 *
 * @param told is added to: each thing that the person was told on the way.
 * @returns the rotation as it stays; null when there never was one.
 */
export async function seeThrough(rekey: RekeyProcess, stage: Stage, told: Told[]): Promise<Rotation | null> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const rotation = await latest(rekey, stage);
    if (!rotation) return null;
    hear(rotation, told);
    const next = wantsAnother(rotation, stage) ? 'rotate again' : nextDeed(rotation, Date.now() + rekey.clockAheadMs);
    if (next === 'nothing') return rotation;
    if (Date.now() > deadline) throw new Error(`the rotation stays at ${rotation.step}: ${wordsOf(rotation)?.words}`);
    if (next === 'wait') await sleep(GLANCE_MS);
    else await DEEDS[next](rekey, rotation, stage);
  }
}

/** Nobody can say what became of a key that Rekey never knew; its operator makes another one, until they have it. */
function wantsAnother({ oldFingerprint, outcome }: Rotation, { old, fresh }: Stage): boolean {
  if (oldFingerprint !== null || outcome === null || outcome === 'done') return false;
  return outcome === 'lost' || old[0] !== fresh()[0];
}

type Deed = 'unlock' | 'paste' | 'go on' | 'rotate again' | 'revoke';

/** @param now by the clock of this Rekey, in milliseconds since 1970. */
function nextDeed(rotation: Rotation, now: number): Deed | 'wait' | 'nothing' {
  const { step, waiting, outcome, offers } = rotation;
  if (step !== 'ended' && waiting === null) return 'wait';
  if (waiting?.on === 'keychain') return 'unlock';
  if (waiting?.on === 'service') return isInGrace(rotation, now) ? 'nothing' : 'wait';
  if (offers.includes('paste-key')) return 'paste';
  if (waiting || outcome === 'done-in-part') return 'go on';
  if (isEndedByItself(rotation, now)) return 'wait';
  return offers.includes('revoke') ? 'revoke' : 'nothing';
}

/** Whether nobody can say yet what the service did, since the old key works on in any case. */
function isInGrace({ history, graceMinutes, newFingerprint }: Rotation, now: number): boolean {
  const requested = history.find(({ step }) => step === 'requested');
  const end = Date.parse(requested?.at ?? '') + (graceMinutes ?? 0) * 60_000;
  return newFingerprint === null && now < end;
}

/** Whether the old key's time is over, so that Rekey is about to see to it. */
function isEndedByItself({ revocation }: Rotation, now: number): boolean {
  if (revocation?.state !== 'due' || revocation.by === 'person' || revocation.at === null) return false;
  return Date.parse(revocation.at) <= now;
}

const DEEDS: Record<Deed, (rekey: RekeyProcess, rotation: Rotation, stage: Stage) => Promise<unknown>> = {
  async unlock(rekey, { id }) {
    await rekey.unlock();
    await rekey.call('resumeRotation', { id });
  },
  paste: async (rekey, { id }, stage) => paste(rekey, id, await stage.keyByHand()),
  'go on': (rekey, { id }) => rekey.call('resumeRotation', { id }),
  async 'rotate again'(rekey, _rotation, stage) {
    stage.account.service.fail(...stage.account.switches);
    await rotate(rekey, stage);
  },
  revoke: (rekey, { id }) => rekey.call('revokeOldKey', { id }),
};

/** A fresh key may need some seconds, as the person is told when it is refused. */
async function paste(rekey: RekeyProcess, id: string, key: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await rekey.call('adoptKey', { id, key });
      return;
    } catch (error) {
      if (!String(error).includes('does not accept this key') || Date.now() > deadline) throw error;
      await sleep(GLANCE_MS);
    }
  }
}

function hear(rotation: Rotation, told: Told[]): void {
  const now = wordsOf(rotation);
  if (now && told.at(-1)?.words !== now.words) told.push(now);
}

function wordsOf({ waiting, problem, unverified, outcome }: Rotation): Told | null {
  const view = waiting?.problem ?? problem ?? unverified;
  return view && { code: view.code, words: `${view.message} ${view.wayOut}`, isLost: outcome === 'lost' };
}
