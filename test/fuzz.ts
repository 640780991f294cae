import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root } from '../build/build.ts';

// `npm run fuzz [NAME...]`: the property tests, each on fifty times as many documents as in `npm test` (see
// `configs/runs.ts`), and one line for each test. With names, only the test files in whose path one of them stands.

/** A property may take as long as it takes. */
const TIMEOUT_MS = 6 * 60 * 60_000;

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    /** Why the file could not be loaded. */
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly duration?: number;
    }[];
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'rekey-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const names = process.argv.slice(2);
const files = fuzzed().filter((file) => names.length === 0 || names.some((name) => file.includes(name)));
if (files.length === 0) {
  console.error(`No test file with properties has ${names.join(' or ')} in its path.`);
  process.exitCode = 2;
} else {
  fuzz(files);
}

/** The test files with a property whose runs are multiplied. */
function fuzzed(): string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('test', name))
    .filter((file) => /\bruns\(\d/.test(readFileSync(join(root, file), 'utf8')))
    .sort();
}

function fuzz(chosen: readonly string[]): void {
  console.log(`Fuzzing ${chosen.length} files; this takes a while.`);
  const output = join(folder, 'report.json');
  const options = [
    `--testTimeout=${TIMEOUT_MS}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ];
  const started = Date.now();
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'vitest'), ['run', ...options, ...chosen], {
    cwd: root,
    env: { ...process.env, REKEY_FUZZ: '1', REKEY_BUILT: '1' },
    stdio: 'inherit',
  });
  const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Report; // by Vitest's reporter
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(root, name) })),
  );
  for (const { file, fullName, status: state, duration = 0 } of tests) {
    if (state !== 'passed' || duration >= 1_000) console.log(`${state} in ${seconds(duration)}  ${file}: ${fullName}`);
  }
  for (const { name, message, assertionResults } of testResults) {
    if (assertionResults.length === 0) console.log(`not run  ${relative(root, name)}: ${message ?? 'no tests'}`);
  }
  const count = (state: string): number => tests.filter((test) => test.status === state).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, in ${seconds(Date.now() - started)}`);
  process.exitCode = status ?? 1;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1_000)} s`;
}
