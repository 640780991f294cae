import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keyringPresent, spawnWithKeyring } from '../credentials/gnome-keyring.ts';
import type { Bench } from './bench.ts';
import { FILE_COUNT } from './host-files.ts';
import { median } from './measure.ts';
import { type Figures, PARTS, STAGES } from './rotation-figures.ts';
import { percentile } from './spans.ts';

const CHILD = join(import.meta.dirname, 'rotation-child.ts');

interface Running {
  readonly home: string;
  readonly child: ChildProcess;
  readonly answers: AsyncIterator<string>;
  readonly complaints: string[];
}

type Distance = 'away' | 'near by';
type Deed = `rotate ${Distance}` | 'write' | 'write at once';

let running: Running | null = null;
/** How far the service is, and what its rotations took. */
const rotations: Record<Distance, Figures[]> = { away: [], 'near by': [] };

/** One Rekey for all rotations, as the tray app is, in a session with a keyring where there is one. */
async function start(): Promise<Running> {
  const home = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
  // Without a keyring there is no bus either; the encrypted file needs none.
  const state = keyringPresent ? 'unlocked' : 'no-bus';
  const child = spawnWithKeyring(process.execPath, [CHILD, keyringPresent ? 'os' : 'file'], { state, home });
  if (!child.stdout || !child.stderr) throw new Error('the process has no standard streams');
  const lines = createInterface({ input: child.stdout });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text));
  return { home, child, answers: lines[Symbol.asyncIterator](), complaints };
}

async function ask<T>(deed: Deed): Promise<T> {
  running ??= await start();
  running.child.stdin?.write(`${deed}\n`);
  const { value, done } = await running.answers.next();
  if (done) throw new Error(`the rotation could not be measured: ${running.complaints.join('')}`);
  return JSON.parse(value) as T; // what the child prints for this deed
}

async function rotate(distance: Distance): Promise<number> {
  const figures = await ask<Figures>(`rotate ${distance}`);
  rotations[distance].push(figures);
  return figures.local;
}

async function end(): Promise<void> {
  if (!running) return;
  const { child, home } = running;
  running = null;
  child.stdin?.end();
  if (child.exitCode === null) await once(child, 'close');
  await rm(home, { recursive: true, force: true });
}

/** Where the time goes, and how long a dead key stands in a file. */
function remarks(): string[] {
  return Object.entries(rotations).flatMap(([distance, figures]) =>
    remarksOn(`rotation, service ${distance}`, figures),
  );
}

function remarksOn(what: string, rotations: readonly Figures[]): string[] {
  const [first] = rotations;
  if (!first) return [];
  const middle = (of: (figures: Figures) => number): string => `${median(rotations.map(of)).toFixed(1)} ms`;
  const exposed = rotations.flatMap((one) => one.exposed);
  const inAll = (part: number): string => `${percentile(exposed, part).toFixed(1)} ms`;
  return [
    `${what}: ${STAGES.map((stage) => `${stage} ${middle(({ stages }) => stages[stage])}`).join(' + ')}`,
    `${what}: under way meanwhile, beside each other: ${PARTS.map((part) => `${part} ${middle(({ parts }) => parts[part])}`).join(', ')}`,
    `${what}: not counted: ${middle((one) => one.atService)} at the service, ${middle((one) => one.waited)} pause before the second look`,
    `${what}: the first one took ${first.local.toFixed(1)} ms`,
    `${what}: the old key is dead and still stands in a file: p50 ${inAll(0.5)}, p99 ${inAll(0.99)} (${exposed.length} files), and as long as the service takes to answer and to confirm the new key (here ${middle((one) => one.exposedAtService)})`,
  ];
}

function bare(): Readonly<Record<string, () => Promise<number>>> {
  return {
    [`write ${FILE_COUNT} files with fsync`]: () => ask<number>('write'),
    'the same, four at a time': () => ask<number>('write at once'),
  };
}

const keychain = keyringPresent ? 'gnome-keyring' : 'encrypted-file keychain';

/**
 * What a rotation costs on this machine, the service's own time left out: all from the approval to the end, in a Rekey that
 * runs, with the real keyring, but for the times in which the service has a request and for the pause before the files are
 * looked at again. What is done within either is waited for by nobody, and isn't counted; what takes longer is. So there
 * are two cases: a service that takes as long as one on the internet, and one that answers at once, as none does, where
 * nothing can be done meanwhile.
 *
 * Against it stands writing the same files with fsync and nothing else, in the same process and turn by turn: one after
 * the other, as one writes files, and four at a time, as Rekey does.
 */
const bench: Bench = {
  name: 'rotation',
  cases: [
    {
      name: `rotation of ${FILE_COUNT} files, ${keychain}`,
      unit: 'ms',
      runs: 15,
      ours: () => rotate('away'),
      peers: bare(),
      end,
    },
    {
      name: `rotation of ${FILE_COUNT} files at a service that answers at once`,
      unit: 'ms',
      runs: 15,
      ours: () => rotate('near by'),
      peers: bare(),
      end,
    },
  ],
  remarks,
};

export default bench;
