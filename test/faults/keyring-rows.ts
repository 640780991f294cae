import { inLanes } from './lanes.ts';
import { everyPair, planRows } from './matrix.ts';
import { type Row, runRow } from './row.ts';
import { lineOf, summaryOf } from './table.ts';

// Rows in a session with a keyring: every fifth one of a strategy in place and of one with overlap. Takes the child's
// program and the folder for the homes.

const EVERY = 5;
const STRATEGIES = ['in place (BitScale)', 'overlap (Resend)'];

const [program = '', folder = ''] = process.argv.slice(2);
const workshop = { program, folder, keychain: 'os' } as const;
const pairs = everyPair().filter(
  ({ strategy, behaviour }) => STRATEGIES.includes(strategy.name) && behaviour.name === 'rotates and answers',
);
const rows = (await planRows(workshop, pairs, 1)).filter((_row, at) => at % EVERY === 0);
const done: Row[] = [];
await inLanes(rows, 1, async (plan) => {
  const row = await runRow(workshop, { ...plan, unlocked: true });
  done.push(row);
  console.log(lineOf(row));
});
const { lines, isGood } = summaryOf(done);
for (const line of lines) console.log(line);
process.exitCode = isGood ? 0 : 1;
