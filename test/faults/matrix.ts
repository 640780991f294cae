import { BEHAVIOURS, type Behaviour } from './behaviours.ts';
import { inLanes } from './lanes.ts';
import type { Moment } from './moments.ts';
import { seeThrough } from './person.ts';
import { AT_SERVICE, type RowPlan } from './row.ts';
import { openStage, prepare, rotate, type Workshop } from './stage.ts';
import { STRATEGIES, type Strategy } from './strategies.ts';

/** In one rotation, of one kind. */
const MOST_QUESTIONS = 4;

export interface Pair {
  readonly strategy: Strategy;
  readonly behaviour: Behaviour;
}

/** Every strategy with every behaviour; one without a request has nothing to misbehave at. */
export function everyPair(): Pair[] {
  return STRATEGIES.flatMap((strategy) =>
    (strategy.asks ? BEHAVIOURS : BEHAVIOURS.slice(0, 1)).map((behaviour) => ({ strategy, behaviour })),
  );
}

/** Each strategy once, and each behaviour at least once. */
export function onePairEach(): Pair[] {
  return STRATEGIES.map((strategy, at) => ({
    strategy,
    behaviour: (strategy.asks ? BEHAVIOURS[at % BEHAVIOURS.length] : null) ?? (BEHAVIOURS[0] as Behaviour), // not empty
  }));
}

/** The rows of these pairs: each is gone through once without a fault, to see which moments it has. */
export async function planRows(workshop: Workshop, pairs: readonly Pair[], lanes: number): Promise<RowPlan[]> {
  const plans = new Map<Pair, RowPlan[]>();
  await inLanes(pairs, lanes, async (pair) => {
    plans.set(pair, rowsOf(pair, await momentsOf(workshop, pair)));
  });
  return pairs.flatMap((pair) => plans.get(pair) ?? []);
}

async function momentsOf(workshop: Workshop, { strategy, behaviour }: Pair): Promise<readonly Moment[]> {
  const stage = await openStage(workshop, strategy);
  try {
    const rekey = await stage.start();
    await prepare(rekey, stage, behaviour);
    await rekey.watch(null);
    await rotate(rekey, stage);
    await seeThrough(rekey, stage, []);
    return await rekey.moments();
  } finally {
    await stage.close();
  }
}

/**
 * The keychain is locked at every second new start. Up to the request every behaviour is the same, so that those moments
 * are in the rows of the first one only.
 */
function rowsOf({ strategy, behaviour }: Pair, moments: readonly Moment[]): RowPlan[] {
  const isBefore = ({ name, also }: Moment): boolean => [name, ...also].includes('after journal requested');
  const from = behaviour === BEHAVIOURS[0] ? 0 : moments.findIndex(isBefore) + 1;
  const atService = strategy.asks ? [{ name: AT_SERVICE, also: [] }] : [];
  const after = moments.slice(from).filter((moment) => !isRepeated(moment));
  return [...after, ...atService].map(({ name, also }, at) => ({
    strategy,
    behaviour,
    moment: name,
    also,
    unlocked: at % 2 === 0,
  }));
}

/** A question that was asked so often by then that how often it is depends on the time. */
function isRepeated({ name, also }: Moment): boolean {
  return [name, ...also].every((one) => Number(/ request .* \((\d+)\)$/.exec(one)?.[1]) > MOST_QUESTIONS);
}

/** So many rows or more: in them each moment is met, each strategy and each behaviour that is in all of them. */
export function spreadOf(rows: readonly RowPlan[], atLeast: number): RowPlan[] {
  const chosen = new Set<RowPlan>();
  const met = new Set<string>();
  const choose = (row: RowPlan): void => {
    chosen.add(row);
    for (const kind of kindsOf(row)) met.add(kind);
  };
  for (const row of rows) if (kindsOf(row).some((kind) => !met.has(kind))) choose(row);
  const others = rows.filter((row) => !chosen.has(row));
  const step = Math.max(1, Math.floor(others.length / Math.max(1, atLeast - chosen.size)));
  for (let at = 0; chosen.size < atLeast && at < others.length; at += step) choose(others[at] as RowPlan); // within
  return rows.filter((row) => chosen.has(row));
}

/** What a row is there for: its strategy, its behaviour, and its moment by all names, without counts. */
export function kindsOf({ strategy, behaviour, moment, also }: RowPlan): string[] {
  return [strategy.name, behaviour.name, ...[moment, ...also].map(plainName)];
}

function plainName(moment: string): string {
  return moment.replace(/ \(\d+\)$/, '').replace(/request [A-Z]+ \S+.*$/, 'request');
}
