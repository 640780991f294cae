import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { filesOfHosts } from '../../main/hosts/files.ts';
import type { Bench, BenchCase } from './bench.ts';
import type { Result } from './measure.ts';
import { placeProjects, projectFolder } from './project-files.ts';

const CHILD = fileURLToPath(new URL('./scan-child.ts', import.meta.url));
const COUNTS = [250, 500, 1_000];

interface Look {
  readonly ms: number;
  readonly files: number;
  readonly parsed: number;
}

const homes = new Map<number, Promise<string>>();
let parsed = 0;

/** A home folder with this many projects, made on first use. */
function homeWith(count: number): Promise<string> {
  const home = homes.get(count) ?? makeHome(count);
  homes.set(count, home);
  return home;
}

async function makeHome(count: number): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'rekey-bench-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
  await placeProjects(home, count);
  return home;
}

async function look(count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, await homeWith(count), String(count)]);
  const found = JSON.parse(stdout) as Look;
  parsed = found.parsed;
  return found.ms;
}

/** The least that knowing of the places costs: one question to the disk for each. */
async function askForEach(): Promise<number> {
  const home = await homeWith(0);
  const places = await filesOfHosts(catalogue, { platform: 'linux', home, env: {} }, []);
  const start = performance.now();
  await Promise.all(places.map(({ path }) => stat(path).catch(() => null)));
  return performance.now() - start;
}

/** The least that the contents cost: each file read, nothing looked for. */
async function readEach(count: number): Promise<number> {
  const home = await homeWith(count);
  const start = performance.now();
  for (let index = 0; index < count; index++) await readFile(join(projectFolder(home, index), '.mcp.json'));
  return performance.now() - start;
}

const nothingThere: BenchCase = {
  name: 'scan with no host there',
  unit: 'ms',
  runs: 9,
  ours: () => look(0),
  peers: { 'stat of every place': askForEach },
};

const projects = COUNTS.map(
  (count): BenchCase => ({
    name: `scan ${count} projects`,
    unit: 'ms',
    runs: 5,
    ours: () => look(count),
    peers: { 'readFile of each': () => readEach(count) },
  }),
);

/** How the cost grows with the number of projects. */
function remarks(results: readonly Result[]): string[] {
  const measured = COUNTS.flatMap((count) => {
    const result = results.find(({ name }) => name === `scan ${count} projects`);
    return result ? [{ count, ms: result.ours }] : [];
  });
  const [first] = measured;
  const last = measured.at(-1);
  if (!first || !last || first === last) return [];
  const slope = (last.ms - first.ms) / (last.count - first.count);
  const growth = Math.log(last.ms / first.ms) / Math.log(last.count / first.count);
  return [
    `scan: ${slope.toPrecision(3)} ms more for each project; the time grows as the number to the power of ${growth.toPrecision(2)}; ${parsed} of ${last.count} files were parsed`,
  ];
}

/** What it costs to look everywhere: on a machine with nothing to find, and with many projects. */
const bench: Bench = { name: 'scan', cases: [nothingThere, ...projects], remarks };

export default bench;
