import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from '../build/build.ts';
import { browserPresent, prepareTestMachine } from '../build/test-machine.ts';

/** `npm test`: the checks, the unit tests and the stories in Chromium, and one line over everything that ran. */
interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const results = join(root, 'test', 'results');
const notes = prepareTestMachine();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const [name, ...command] of [
  ['types', 'tsc', '--noEmit'],
  ['format and lint', 'biome', 'check'],
  [
    'dependency directions',
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    'main',
    'bridge',
    'preload',
    'renderer',
  ],
] as const) {
  add(check(name, command));
}
await build();
run(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${join(results, 'vitest.json')}`]);
add(vitestTally());
if (browserPresent()) {
  run(['playwright', 'test']);
  add(playwrightTally());
}

for (const note of notes) console.log(note);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function add(tally: Tally): void {
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}

function run([program, ...args]: readonly [string, ...string[]]): boolean {
  const env = { ...process.env, REKEY_BUILT: '1' };
  return (
    spawnSync(join(root, 'node_modules', '.bin', program), args, { cwd: root, env, stdio: 'inherit' }).status === 0
  );
}

function check(name: string, command: readonly [string, ...string[]]): Tally {
  const passed = run(command);
  console.log(`${passed ? '✓' : '✗'} ${name}`);
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** A runner that died before it wrote its results counts as one failure. */
function read<T>(name: string, tally: (report: T) => Tally): Tally {
  try {
    return tally(JSON.parse(readFileSync(join(results, name), 'utf8')));
  } catch {
    console.error(`No results in ${name}: its runner did not come to its end.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function vitestTally(): Tally {
  return read(
    'vitest.json',
    (report: {
      numPassedTests: number;
      numFailedTests: number;
      numPendingTests: number;
      numFailedTestSuites: number;
      success: boolean;
    }) => ({
      passed: report.numPassedTests,
      // A file that can't even be loaded has no tests to fail.
      failed: report.success ? 0 : Math.max(report.numFailedTests, 1),
      skipped: report.numPendingTests,
    }),
  );
}

function playwrightTally(): Tally {
  return read(
    'playwright.json',
    ({
      stats,
      errors,
    }: {
      stats: { expected: number; unexpected: number; flaky: number; skipped: number };
      errors: unknown[];
    }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    }),
  );
}
