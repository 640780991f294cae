import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInKeyring } from './in-keyring.ts';
import { inLanes } from './lanes.ts';
import { everyPair, type Pair, planRows } from './matrix.ts';
import { buildProgram } from './program.ts';
import { type Row, runRow } from './row.ts';
import { lineOf, summaryOf, wordsOf } from './table.ts';

// `npm run faults [NAME...]`: the crash matrix, one line for each row. With names, only rows in whose strategy, behaviour
// or moment all of them stand.

/** Most of a row is waiting. */
const LANES = availableParallelism() + 1;

const names = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'rekey-faults-'));
// Each start loads the same program.
process.env.NODE_COMPILE_CACHE = join(folder, 'cache');
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
process.exitCode = (await runAll()) ? 0 : 1;

/** Without those in which a name does not stand that stands in another one: there it isn't a moment's. */
function wantedPairs(): Pair[] {
  const all = everyPair();
  const ofPairs = names.filter((name) => all.some((pair) => textOf(pair).includes(name)));
  return all.filter((pair) => ofPairs.every((name) => textOf(pair).includes(name)));
}

function textOf({ strategy, behaviour }: Pair): string {
  return `${strategy.name} ${behaviour.name}`;
}

async function runAll(): Promise<boolean> {
  const workshop = { program: await buildProgram(folder), folder, keychain: 'file' } as const;
  const rows = (await planRows(workshop, wantedPairs(), LANES)).filter((row) => {
    const text = [textOf(row), row.moment, ...row.also].join(' ');
    return names.every((name) => text.includes(name));
  });
  console.log(`${rows.length} rows, ${LANES} at a time; this takes a while.`);
  const done: Row[] = [];
  const failed: string[] = [];
  await inLanes(rows, LANES, async (plan) => {
    try {
      const row = await runRow(workshop, plan);
      done.push(row);
      console.log(lineOf(row));
    } catch (error) {
      failed.push(`${plan.strategy.name} | ${plan.behaviour.name} | ${plan.moment}: ${error}`);
      console.log(failed.at(-1));
    }
  });
  const isGoodInKeyring = names.length > 0 || (await runInKeyring(workshop));
  console.log('\nWhat people were told:');
  for (const words of wordsOf(done)) console.log(`  ${words}`);
  const { lines, isGood } = summaryOf(done);
  for (const line of [...failed, ...lines]) console.log(line);
  return isGood && isGoodInKeyring && failed.length === 0;
}
