import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, BenchCase } from './bench.ts';
import { claudeJson } from './claude-json.ts';

const CHILD = fileURLToPath(new URL('./patch-child.ts', import.meta.url));
const PEERS = ['JSON.parse+stringify', 'jsonc-parser modify'];
const SIZES = [
  { megabytes: 1, runs: 7 },
  { megabytes: 10, runs: 5 },
  { megabytes: 50, runs: 3 },
];

let folder: string | null = null;

/** The generated file of a size, made on first use. */
function fileOf(megabytes: number): string {
  if (folder === null) {
    const made = mkdtempSync(join(tmpdir(), 'rekey-bench-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const path = join(folder, `claude-${megabytes}.json`);
  if (!existsSync(path)) writeFileSync(path, claudeJson(megabytes));
  return path;
}

async function measure(way: string, megabytes: number, figure: 'ms' | 'megabytes'): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, way, fileOf(megabytes)]);
  const measured = JSON.parse(stdout) as Record<'ms' | 'megabytes', number>;
  return measured[figure];
}

function caseOf(megabytes: number, runs: number, unit: BenchCase['unit']): BenchCase {
  const figure = unit === 'ms' ? 'ms' : 'megabytes';
  const what = unit === 'ms' ? `patch ${megabytes} MB` : `patch ${megabytes} MB, peak memory`;
  return {
    name: what,
    unit,
    runs,
    ours: () => measure('rekey', megabytes, figure),
    peers: Object.fromEntries(PEERS.map((peer) => [peer, () => measure(peer, megabytes, figure)])),
  };
}

/** A key in two places of a `~/.claude.json`: find and replace it, against the two usual ways to edit JSON in Node. */
const bench: Bench = {
  name: 'patch',
  cases: SIZES.flatMap(({ megabytes, runs }) => [caseOf(megabytes, runs, 'ms'), caseOf(megabytes, runs, 'MB')]),
};

export default bench;
