import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILES } from './two-versions.ts';

const KILLS = 500;
/** Side by side, each in a folder of its own. */
const LANES = 5;
/** After it has been once through its files, a process is killed within this time: it writes all of them meanwhile. */
const WITHIN_MS = 30;

let folder = '';
let program = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  program = join(folder, 'patch-forever.mjs');
  // In one file, since 500 starts from the sources would take minutes.
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'patch-forever.ts'),
    platform: 'node',
    logLevel: 'warn',
    resolve: { mainFields: ['module', 'main'] },
  });
  await bundle.write({ file: program, format: 'esm', codeSplitting: false, minify: true });
  await bundle.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a process that is killed while it patches', () => {
  it(`leaves every file old or new, and no temporary file once the next one has begun, ${KILLS} times`, async () => {
    const seed = Date.now();
    const moments = fc.sample(fc.double({ min: 0, max: WITHIN_MS, noNaN: true }), { numRuns: KILLS, seed });
    const lanes = await Promise.all(
      Array.from({ length: LANES }, async (_, lane) => {
        const mine = moments.filter((_moment, index) => index % LANES === lane);
        return killedAt(mine, await prepared(join(folder, `lane ${lane}`)));
      }),
    ).catch((error: unknown) => {
      throw new Error(`with the seed ${seed}`, { cause: error });
    });
    const kills = lanes.reduce((sum, lane) => sum + lane.kills, 0);
    const inTheMiddle = lanes.reduce((sum, lane) => sum + lane.inTheMiddle, 0);
    const exchanged = lanes.reduce((sum, lane) => sum + lane.exchanged, 0);
    console.log(`${kills} kills, ${inTheMiddle} with a temporary file, ${exchanged} with another mix of versions`);
    expect(kills).toBe(KILLS);
    // Else the kills met nothing but pauses, and the promise was not tried.
    expect(inTheMiddle).toBeGreaterThan(10);
    expect(exchanged).toBeGreaterThan(KILLS / 10);
  }, 300_000);
});

async function prepared(lane: string): Promise<string> {
  await mkdir(lane);
  for (const { name, versions } of FILES) await writeFile(join(lane, name), versions[0]);
  return lane;
}

/** @returns how many of the kills found a temporary file, and how many left the files in other versions than before. */
async function killedAt(moments: readonly number[], lane: string) {
  const tally = { kills: 0, inTheMiddle: 0, exchanged: 0 };
  let before = '';
  for (const moment of moments) {
    const child = await started(lane);
    // What its predecessor left is gone; what is there is the running one's own.
    expect((await leftIn(lane)).filter((name) => !name.includes(`.rekey-${child.pid}-`))).toEqual([]);
    await sleep(moment);
    await kill(child);
    tally.kills++;
    if ((await leftIn(lane)).length > 0) tally.inTheMiddle++;
    const now = await versionsIn(lane);
    if (now !== before) tally.exchanged++;
    before = now;
  }
  await kill(await started(lane, 'and-end'));
  expect(await leftIn(lane)).toEqual([]);
  await versionsIn(lane);
  return tally;
}

/** One that has been through all files once. */
async function started(lane: string, end?: 'and-end'): Promise<ChildProcess> {
  const files = FILES.map(({ format, name }) => `${format}:${join(lane, name)}`);
  const child = spawn(process.execPath, [program, ...(end ? [end] : []), ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (end) {
    expect(await once(child, 'close')).toEqual([0, null]);
    return child;
  }
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the patching process ended by itself with ${code}`);
  });
  ended.catch(() => {});
  await Promise.race([once(child.stdout, 'data'), ended]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  expect(await closed).toEqual([null, 'SIGKILL']);
}

/** Everything that isn't one of the files. */
async function leftIn(lane: string): Promise<string[]> {
  const names = new Set(FILES.map(({ name }) => name));
  return (await readdir(lane)).filter((name) => !names.has(name));
}

/** Which version each file is: 0 or 1. @throws when one is neither. */
async function versionsIn(lane: string): Promise<string> {
  const found = await Promise.all(
    FILES.map(async ({ name, versions }) => {
      const bytes = await readFile(join(lane, name));
      const version = versions.findIndex((one) => one.equals(bytes));
      if (version < 0) throw new Error(`${name} is neither old nor new: ${bytes.length} bytes`);
      return version;
    }),
  );
  return found.join('');
}
