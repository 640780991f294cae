import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { age } from '../faults/age.ts';
import { DELAYS } from '../faults/behaviours.ts';
import { makeEncryptedFile } from '../faults/encrypted-file.ts';
import { entriesLeft, leftovers } from '../faults/leftovers.ts';
import { buildProgram } from '../faults/program.ts';
import { RekeyProcess } from '../faults/rekey-process.ts';
import { FILE_NAMES, harmedFiles, openAccounts, placeFiles } from './estate.ts';
import { FAULTS, NO_FAULT } from './faults.ts';
import { Lane } from './lane.ts';
import { pick, seeded } from './random.ts';

// `npm run soak [SEED] [ROTATIONS]`: rotations over twelve credentials at once against stand-ins that fail at random,
// with kills of Rekey's process and a host that writes the same files all the time. In the last third nobody kills it,
// and its memory is looked at.
const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const total = Number(process.argv[3] ?? 1_000);
const calmFrom = Math.floor((total * 2) / 3);
const ROTATIONS_PER_KILL = 14;
/** By which the heap may differ from one moment to another, in megabytes. */
const HEAP_NOISE_MB = 8;

const random = seeded(seed);
const folder = await mkdtemp(join(tmpdir(), 'rekey-soak-'));
const home = join(folder, 'home');
const accounts = await openAccounts();
const started = Date.now();
/** What ends the processes, should something go wrong. */
const closing: (() => Promise<void>)[] = [];
console.log(`seed ${seed}: ${total} rotations of ${accounts.length} credentials`);
try {
  process.exitCode = (await soak()) ? 0 : 1;
} finally {
  for (const close of closing) await close().catch(() => {});
  await Promise.all(accounts.map(({ service }) => service.stop()));
  await rm(folder, { recursive: true, force: true });
}

async function soak(): Promise<boolean> {
  const program = await buildProgram(join(folder, 'program'));
  placeFiles(home, accounts);
  makeEncryptedFile(join(home, 'rekey', 'keychain.json'));
  const start = (): Promise<RekeyProcess> => {
    age(home);
    return RekeyProcess.start(program, home, { delays: DELAYS, keychain: 'file', unlocked: true, clockAheadMs: 0 });
  };
  let running = start();
  closing.push(async () => (await running).kill());
  for (const { credentials } of accounts)
    for (const credential of credentials) await (await running).call('addCredential', credential);

  const writer = fork(join(import.meta.dirname, 'host-writer.ts'), [home, ...FILE_NAMES], {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1' },
    execArgv: [],
  });
  closing.push(async () => void writer.kill('SIGKILL'));
  const seen = { begun: 0, rotations: 0, kills: 0, told: 0, lost: 0, heapAtStart: 0 };
  const faults = new Map<string, number>();
  const outcomes = new Map<string, number>();

  const kill = async (): Promise<void> => {
    const current = await running;
    seen.kills += 1;
    running = current.kill().then(start);
    await running;
  };
  const afterRotation = async (): Promise<void> => {
    seen.rotations += 1;
    if (seen.rotations % 100 === 0) console.log(`${seen.rotations} rotations, ${seconds()} s`);
    if (seen.rotations === calmFrom) seen.heapAtStart = await (await running).heapMegabytes();
    else if (seen.rotations < calmFrom && seen.rotations % ROTATIONS_PER_KILL === 0) await kill();
  };
  const live = async (lane: Lane): Promise<void> => {
    while (seen.begun < total) {
      seen.begun += 1;
      const fault = pick(random, FAULTS);
      const { outcome, told, lost } = await lane.turn(fault);
      count(faults, fault.name);
      count(outcomes, outcome ?? 'none began');
      if (told) seen.told += 1;
      if (lost) seen.lost += 1;
      await afterRotation();
    }
  };
  try {
    const lanes = accounts.map((account) => new Lane(account, () => running));
    await Promise.all(lanes.map(live));
    // A rotation that was given up leaves a key at the service that nobody here has; the next one is sure.
    const last = await Promise.all(lanes.map((lane) => lane.turn(NO_FAULT)));
    seen.lost += last.filter(({ lost }) => lost).length;
  } finally {
    writer.send('end');
  }
  const [{ writes }] = (await once(writer, 'message')) as [{ writes: number }]; // by host-writer.ts
  const rekey = await running;
  const heapAtEnd = await rekey.heapMegabytes();
  const harmed = harmedFiles(home, accounts);
  const entries = await entriesLeft(rekey, home);
  await rekey.stop();
  const left = [
    ...leftovers(
      home,
      FILE_NAMES.map((at) => ({ at, text: () => '' })),
    ),
    ...entries,
  ];

  const faultCount = seen.rotations - (faults.get('none') ?? 0) + seen.kills;
  const grows = heapAtEnd > seen.heapAtStart * 1.1 + HEAP_NOISE_MB;
  console.log(`rotations        ${seen.rotations} (${listed(outcomes)})`);
  console.log(`faults by kind   ${listed(faults)}, kills ${seen.kills}`);
  console.log(`host writes      ${writes}`);
  console.log(`told and pasted  ${seen.told}`);
  console.log(`files harmed     ${harmed.length}${named(harmed)}`);
  console.log(`leftovers        ${left.length}${named(left)}`);
  console.log(
    `memory           ${seen.heapAtStart.toFixed(1)} MB of heap after ${calmFrom} rotations, ${heapAtEnd.toFixed(1)} MB at the end${grows ? ': it grows' : ''}`,
  );
  console.log(`time             ${seconds()} s`);
  console.log(`${seen.rotations} rotations, ${faultCount} faults, ${seen.lost} lost`);
  return seen.lost + harmed.length + left.length === 0 && !grows;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function listed(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}

function named(names: readonly string[]): string {
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

function seconds(): number {
  return Math.round((Date.now() - started) / 1_000);
}
