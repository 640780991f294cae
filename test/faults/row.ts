import { setTimeout as sleep } from 'node:timers/promises';
import { age } from './age.ts';
import { ANSWERS_MUCH_LATER, type Behaviour } from './behaviours.ts';
import { judge, type Verdict } from './judge.ts';
import { seeThrough, type Told } from './person.ts';
import type { RekeyProcess } from './rekey-process.ts';
import { openStage, prepare, rotate, type Stage, type Workshop } from './stage.ts';
import { type AtCrash, type AtEnd, stateAtCrash, stateAtEnd } from './states.ts';
import type { Strategy } from './strategies.ts';

/** The one moment that the process itself does not see: the service was asked, and says nothing yet. */
export const AT_SERVICE = 'service has rotated';

export interface RowPlan {
  readonly strategy: Strategy;
  readonly behaviour: Behaviour;
  readonly moment: string;
  /** Further names of the moment. */
  readonly also: readonly string[];
  /** Whether the keychain is open when Rekey is started again. */
  readonly unlocked: boolean;
}

export interface Row {
  readonly plan: RowPlan;
  /** False when this run never came to the moment; it was killed at its end instead. */
  readonly reached: boolean;
  readonly atCrash: AtCrash;
  readonly atEnd: AtEnd;
  readonly told: readonly Told[];
  readonly verdict: Verdict;
}

/** Kills Rekey at a moment of a rotation, starts it again, and does what the person is told to do. */
export async function runRow(workshop: Workshop, plan: RowPlan): Promise<Row> {
  const { strategy, behaviour, unlocked } = plan;
  const stage = await openStage(workshop, strategy);
  try {
    const told: Told[] = [];
    const reached = await dieAt(await stage.start(), stage, plan, told);
    const atCrash = stateAtCrash(stage);
    age(stage.home);
    if (strategy.laterMinutes > 0) await endOfGrace(stage);
    const rekey = await stage.start({ unlocked, clockAheadMs: strategy.laterMinutes * 60_000 });
    if (!unlocked) await rekey.unlock();
    const rotation = await seeThrough(rekey, stage, told);
    const atEnd = await stateAtEnd(rekey, stage, rotation);
    return { plan, reached, atCrash, atEnd, told, verdict: judge(stage.account, behaviour, atCrash, atEnd, told) };
  } finally {
    await stage.close();
  }
}

/** @returns whether the process has died at the moment. */
async function dieAt(
  rekey: RekeyProcess,
  stage: Stage,
  { behaviour, moment }: RowPlan,
  told: Told[],
): Promise<boolean> {
  const { service, switches } = stage.account;
  await prepare(rekey, stage, behaviour);
  await rekey.watch(moment);
  const asked = service.rotationRequests;
  if (moment === AT_SERVICE) service.fail(...switches, ...slow(behaviour));
  const through = rotate(rekey, stage)
    .then(() => seeThrough(rekey, stage, told))
    .then(
      () => 'through' as const,
      (error: unknown) => {
        if (rekey.isRunning) throw error;
        return 'dead' as const;
      },
    );
  const killed = moment === AT_SERVICE ? killWhenAsked(rekey, stage, asked) : rekey.ended;
  const first = await Promise.race([through, killed.then(() => 'dead' as const)]);
  await rekey.kill();
  await through;
  return first === 'dead';
}

function slow({ switches }: Behaviour): Behaviour['switches'] {
  return [...switches.filter((one) => typeof one === 'string' || !('answersAfterMs' in one)), ANSWERS_MUCH_LATER];
}

async function killWhenAsked(rekey: RekeyProcess, { account }: Stage, asked: number): Promise<void> {
  while (rekey.isRunning && account.service.rotationRequests === asked) await sleep(2);
  await rekey.kill();
}

/**
 * Until the service has done what it was asked for, and takes the old key no more: Rekey's clock goes ahead by an hour,
 * the stand-in's does not.
 */
async function endOfGrace({ account, old }: Stage): Promise<void> {
  while (account.service.isLate) await sleep(20);
  const [key = ''] = old;
  while (account.keys() === null && account.secrets()[0] !== key && account.service.takes(key)) await sleep(20);
}
