/**
 * A running Rekey in a process of its own, so that it can run in a session with a real keyring. Takes the kind of
 * keychain, `os` or `file`; for each line on its standard input it does what that says, and prints the figures as JSON:
 * `rotate away` rotates one key that stands in thirty files at a service that is as far away as services are, `rotate near
 * by` at one that answers at once, `write` writes these files with fsync and nothing else, `write at
 * once` the same with four of them at a time.
 */

import { subscribe } from 'node:diagnostics_channel';
import { mkdtemp, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import pMap from 'p-map';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import type { Keychain } from '../../main/credentials/keychain.ts';
import { OsKeychain } from '../../main/credentials/os-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import type { Step } from '../../main/rotation/rotation.schema.ts';
import { FakeBitscale } from '../fakes/bitscale.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { placeFiles } from './host-files.ts';
import { renamedAt } from './rename-times.ts';
import { type Figures, figuresOf, type Part } from './rotation-figures.ts';
import type { Span } from './spans.ts';
import { timed } from './timed.ts';

/** Long enough for what is done meanwhile, as the three seconds of the app are. */
const PAUSE_MS = 500;
/** From a request to its answer at a service on the internet: a few round trips, and its own work. */
const AWAY_MS = 150;

class TimedBitscale extends FakeBitscale {
  died = Number.NaN;

  protected override answer(request: Parameters<FakeBitscale['answer']>[0]) {
    const answer = super.answer(request);
    if (answer.kind !== 'rotation') return answer;
    const rotate = (): ReturnType<typeof answer.rotate> => {
      this.died = performance.now();
      return answer.rotate();
    };
    return { ...answer, rotate };
  }
}

let atService: Span[] = [];
let cameAt = 0;
subscribe('http.server.request.start', () => {
  cameAt = performance.now();
});
subscribe('http.server.response.finish', () =>
  // What of Rekey's own work delays the answer of the service, which is played in this process, is Rekey's.
  atService.push([cameAt, Math.min(performance.now(), cameAt + service.latencyMs + 1)]),
);

const parts: Record<Part, Span[]> = { keychain: [], journal: [], backups: [], 'list of processes': [] };
const during = (part: Part) => (span: Span) => void parts[part].push(span);

const folder = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
const keychain = process.argv[2] === 'os' ? new OsKeychain() : await encryptedFile();
const sandbox = await openSandbox({
  keychain: timed<Keychain>(keychain, during('keychain')),
  delays: { lookAgain: PAUSE_MS },
  wrap: (given) => ({
    ...given,
    journal: timed(given.journal, during('journal')),
    backups: timed(given.backups, during('backups')),
    programs: timed(given.programs, during('list of processes')),
  }),
});
const service = await new TimedBitscale({}).listen();
const { paths, projects } = await placeFiles(sandbox.home, service.key);
const targets = await Promise.all(paths.map((path) => realpath(path)));
await sandbox.call('changeSettings', { projectFolders: [...projects] });
await sandbox.call('addCredential', {
  name: 'bench',
  provider: 'bitscale',
  key: service.key,
  baseUrl: service.url,
  settings: {},
});

const reached = new Map<Step, number>();
sandbox.rekey.core.on((event) => {
  if (event.name !== 'rotation') return;
  for (const { step } of event.payload.history) if (!reached.has(step)) reached.set(step, performance.now());
});
const at = (step: Step): number => reached.get(step) ?? Number.NaN;

/** From the approval to the end; the plan that the person looks at was made before. */
async function rotate(latencyMs: number): Promise<Figures> {
  service.latencyMs = latencyMs;
  const approval = await sandbox.call('requestRotation', { credential: 'bench' });
  for (const spans of Object.values(parts)) spans.length = 0;
  atService = [];
  reached.clear();
  renamedAt.clear();
  const approved = performance.now();
  const { outcome } = await sandbox.approve(approval);
  const renamed = targets.flatMap((target) => renamedAt.get(target) ?? []);
  if (outcome !== 'done' || renamed.length < paths.length)
    throw new Error(`the rotation ended ${outcome} with ${renamed.length} of ${paths.length} files changed`);
  const moments = {
    approved,
    preflighted: at('preflighted'),
    answered: at('answered'),
    verified: at('verified'),
    promoted: at('promoted'),
    patched: at('patched'),
    ended: at('ended'),
    died: service.died,
    renamed,
  };
  return figuresOf(moments, { service: atService, parts }, PAUSE_MS);
}

/** The least that whole files on the disk cost: the same thirty, each to a file beside it, fsync, rename. */
async function write(concurrency: number): Promise<number> {
  const files = await Promise.all(targets.map(async (target) => ({ target, bytes: await readFile(target) })));
  const start = performance.now();
  const writeOne = async ({ target, bytes }: (typeof files)[number]): Promise<void> => {
    const handle = await open(`${target}.tmp`, 'wx');
    await handle.writeFile(bytes);
    await handle.sync();
    await handle.close();
    await rename(`${target}.tmp`, target);
  };
  await pMap(files, writeOne, { concurrency });
  return performance.now() - start;
}

async function encryptedFile(): Promise<Keychain> {
  const file = new FileKeychain(join(folder, 'keychain.json'));
  await file.create(new Secret('a passphrase for the bench'));
  return file;
}

const DEEDS: Readonly<Record<string, () => Promise<Figures | number>>> = {
  'rotate away': () => rotate(AWAY_MS),
  'rotate near by': () => rotate(0),
  write: () => write(1),
  'write at once': () => write(4),
};

try {
  for await (const line of createInterface({ input: process.stdin })) {
    const deed = DEEDS[line];
    if (deed) console.log(JSON.stringify(await deed()));
  }
} finally {
  await service.stop();
  await sandbox.dispose();
  await rm(folder, { recursive: true, force: true });
}
