import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BEHAVIOURS } from './behaviours.ts';
import { inLanes } from './lanes.ts';
import { kindsOf, onePairEach, planRows, spreadOf } from './matrix.ts';
import { buildProgram } from './program.ts';
import { type Row, type RowPlan, runRow } from './row.ts';
import type { Workshop } from './stage.ts';
import { STRATEGIES } from './strategies.ts';
import { lineOf, summaryOf, wordsOf } from './table.ts';

/** At least so many; all of them are `npm run faults`. */
const ROWS = 64;
const LANES = 2;

let folder = '';
let workshop: Workshop;
let all: RowPlan[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-faults-'));
  vi.stubEnv('NODE_COMPILE_CACHE', join(folder, 'cache'));
  workshop = { program: await buildProgram(folder), folder, keychain: 'file' };
  all = await planRows(workshop, onePairEach(), LANES);
}, 300_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe('Rekey that is killed in the middle of a rotation', () => {
  it('loses no key, harms no file and leaves nothing behind, whatever the service does', async () => {
    const spread = spreadOf(all, ROWS);
    expect(spread.length).toBeGreaterThanOrEqual(ROWS);
    const met = new Set(spread.flatMap(kindsOf));
    expect([...STRATEGIES, ...BEHAVIOURS].filter(({ name }) => !met.has(name))).toEqual([]);
    expect(all.flatMap(kindsOf).filter((kind) => !met.has(kind))).toEqual([]);

    const rows: Row[] = [];
    await inLanes(spread, LANES, async (plan) => void rows.push(await runRow(workshop, plan)));
    const { lines } = summaryOf(rows);
    console.log([...rows.map(lineOf), '', ...wordsOf(rows), '', ...lines].join('\n'));
    expect(rows.filter(({ verdict }) => verdict.key === 'LOST' || verdict.broken.length > 0).map(lineOf)).toEqual([]);
    expect(rows).toHaveLength(spread.length);
  }, 600_000);
});
