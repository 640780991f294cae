import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import type { Caller, Carrier } from '../../main/calls/caller.ts';
import { systemCode } from '../../main/errors.ts';
import { type RunningProgram, runningPrograms } from '../../main/hosts/programs.ts';
import type { Machine } from '../../main/machine.ts';
import { type RekeyOptions, type RunningRekey, startRekey } from '../../main/rekey.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { AnyEvent, CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import { LockableKeychain } from './lockable-keychain.ts';

/** Waiting times that suit stand-ins which answer at once. */
const QUICK = {
  requestTimeout: 3_000,
  verifyTimeout: 2_000,
  verifyRetry: 20,
  doubtRecheck: 20,
  doubtSettle: 40,
  retry: 50,
  lookAgain: 20,
};

/** A temporary home with Rekey's whole core running in it. */
export interface Sandbox {
  readonly home: string;
  readonly machine: Machine;
  readonly keychain: LockableKeychain;
  readonly rekey: RunningRekey;
  readonly events: readonly AnyEvent[];
  call<K extends CallName>(name: K, input: CallInput<K>, carrier?: Carrier): Promise<CallOutput<K>>;
  /** Asks, approves as the page would, and waits until the rotation has ended or waits for something. */
  rotate(credential: string, agentId?: string): Promise<Rotation>;
  approve(approval: Approval): Promise<Rotation>;
  settled(rotationId: string): Promise<Rotation>;
  /** Ends the core and starts another one on the same home and keychain. */
  restart(options?: Partial<RekeyOptions>): Promise<void>;
  dispose(): Promise<void>;
}

export function callerBy(carrier: Carrier): Caller {
  return {
    carrier,
    program: 'a test',
    pid: process.pid,
    client: carrier === 'agent' ? { name: 'a test', version: '1' } : null,
  };
}

export async function openSandbox(options: Partial<RekeyOptions> = {}): Promise<Sandbox> {
  const home = await mkdtemp(join(tmpdir(), 'rekey-'));
  await mkdir(join(home, 'proj'));
  const machine: Machine = { platform: 'linux', home, env: { HOME: home, REKEY_HOME: join(home, 'rekey') } };
  const keychain = new LockableKeychain();
  const events: AnyEvent[] = [];
  const start = async (more: Partial<RekeyOptions> = {}): Promise<RunningRekey> => {
    const rekey = await startRekey({
      machine,
      shell: 'browser',
      desktop: false,
      clipboard: null,
      keychain,
      delays: QUICK,
      listPrograms: () => programsBelow(home),
      ...options,
      ...more,
    });
    rekey.core.on((event) => events.push(event));
    return rekey;
  };
  let rekey = await start();

  const call: Sandbox['call'] = (name, input, carrier = 'page') => rekey.core.call(name, input, callerBy(carrier));
  const settled = (id: string): Promise<Rotation> =>
    new Promise((resolve, reject) => {
      const look = (rotation: Rotation): boolean =>
        rotation.id === id && (rotation.step === 'ended' || rotation.waiting !== null);
      const dispose = rekey.core.on((event) => {
        if (event.name !== 'rotation' || !look(event.payload)) return;
        dispose();
        resolve(event.payload);
      });
      call('getRotation', { id }).then((rotation) => {
        if (!look(rotation)) return;
        dispose();
        resolve(rotation);
      }, reject);
    });
  const approve = async (approval: Approval): Promise<Rotation> => {
    const { rotationId } = await call('approve', { id: approval.id, planHash: approval.plan.hash });
    if (rotationId === null) throw new Error('an approved request has no rotation');
    return settled(rotationId);
  };
  return {
    home,
    machine,
    keychain,
    get rekey() {
      return rekey;
    },
    events,
    call,
    settled,
    approve,
    rotate: async (credential, agentId) =>
      approve(await call('requestRotation', { credential, ...(agentId !== undefined && { agentId }) })),
    async restart(more) {
      await rekey.stop();
      rekey = await start(more);
    },
    async dispose() {
      await rekey.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Running programs that this test has put into its home: never those of the person, or of another test. */
export async function programsBelow(home: string): Promise<RunningProgram[]> {
  return (await runningPrograms()).filter(({ executable }) => executable.startsWith(`${home}${sep}`));
}

/** Every regular file below a folder, links followed, with its bytes. What goes while it is looked at (a lock) isn't there. */
export async function filesBelow(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const names = await readdir(folder).catch(unlessGone([]));
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const at = await stat(path).catch(unlessGone(null));
      if (at?.isDirectory()) return filesBelow(path);
      return at?.isFile() ? [{ path, bytes: await readFile(path) }] : [];
    }),
  );
  return found.flat();
}

function unlessGone<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (systemCode(error) === 'ENOENT') return instead;
    throw error;
  };
}
