import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accounts } from '../../main/credentials/accounts.ts';
import { Secret } from '../../main/credentials/secret.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { countFiles } from './host-files.ts';
import { journals } from './journals.ts';
import { entriesLeft, leftovers } from './leftovers.ts';
import type { RekeyProcess } from './rekey-process.ts';
import type { Stage } from './stage.ts';

/** Which keys the service has. `old, dying`: it has rotated, and takes the old one for a while. */
export type AtService = 'old' | 'new' | 'both' | 'new, old dying';

interface State {
  /** Step of the journal, or that there was none yet. */
  readonly journal: string;
  readonly files: ReturnType<typeof countFiles>;
  readonly service: AtService;
  /** Files with a key that Rekey has revoked. */
  readonly cutOff: number;
}

export interface AtCrash extends State {
  /** Whether an answer lies sealed on the disk, or the journal says so. */
  readonly isReceived: boolean;
}

export interface AtEnd extends State {
  readonly keychain: 'old' | 'new' | 'none' | 'another';
  /** Requests to rotate that the service got for all rotations of the row, and those that it may get. */
  readonly requests: { readonly sent: number; readonly allowed: number };
  /** What should not be there any more: files, locks, entries of the keychain, keys at the service. */
  readonly left: readonly string[];
  /** Why the key could not be rotated now, should one want to. */
  readonly blocked: string | null;
}

export function stateAtCrash(stage: Stage): AtCrash {
  const journal = journalOf(stage);
  const isNoted = journal?.history.some(({ step }) => step === 'answered' || step === 'staged') ?? false;
  return { ...stateOf(stage), isReceived: isNoted || hasSealedAnswer(stage.home) };
}

function stateOf(stage: Stage): State {
  const journal = journalOf(stage);
  const files = countFiles(stage.home, stage.account.files, stage.old, arrived(stage, journal));
  const service = atService(stage);
  const isRevoked = stage.account.keys() !== null && service === 'new';
  return { journal: journal ? describe(journal) : 'none', files, service, cutOff: isRevoked ? files.old : 0 };
}

function journalOf({ home, undone }: Stage): Rotation | undefined {
  return journals(home).find(({ id }) => id !== undone);
}

/** The space for one is taken beforehand, and holds nothing but zeros. */
function hasSealedAnswer(home: string): boolean {
  const folder = join(home, 'rekey', 'receipts');
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).some((byte) => byte !== 0));
}

/** The new secrets without those that did not come along with the key: they stay what they were. */
function arrived({ old, fresh }: Stage, journal: Rotation | undefined): readonly string[] {
  const [key = ''] = fresh();
  return journal && journal.newCompanions.length === 0 ? [key, ...old.slice(1)] : fresh();
}

/** Ends the process, too: what is left over is what it leaves behind. */
export async function stateAtEnd(rekey: RekeyProcess, stage: Stage, rotation: Rotation | null): Promise<AtEnd> {
  const { home, account } = stage;
  const credentials = await rekey.call('listCredentials', {});
  const id = credentials.find(({ name }) => name === account.name)?.id;
  const current = id === undefined ? null : await rekey.fingerprint(accounts.current(id));
  const blocked = await whyBlocked(rekey, stage);
  const secretsLeft = await entriesLeft(rekey, home);
  await rekey.stop();
  const all = journals(home);
  const byHand = account.request.byHand && stage.isMadeByHand ? 1 : 0;
  return {
    ...stateOf(stage),
    journal: rotation ? describe(rotation) : 'none',
    keychain: whichKey(current, stage),
    requests: { sent: account.service.rotationRequests, allowed: all.filter(hasAsked).length + byHand },
    left: [...leftovers(home, account.files), ...secretsLeft, ...keysLeft(stage, all)],
    blocked,
  };
}

async function whyBlocked(rekey: RekeyProcess, { account, undone }: Stage): Promise<string | null> {
  // What was undone can't be undone again, and its old key keeps any other rotation off.
  if (undone !== null) return null;
  return rekey.call('planRotation', { credential: account.request.credential, ...agentOf(account) }).then(
    () => null,
    (error: Error) => error.message,
  );
}

function agentOf({ request }: Stage['account']): { agentId?: string } {
  return request.agentId === undefined ? {} : { agentId: request.agentId };
}

function atService({ account, old, fresh }: Stage): AtService {
  const [before = ''] = old;
  const [after = ''] = fresh();
  const keys = account.keys();
  if (keys) {
    const [hasOld, hasNew] = [before, after].map((key) => keys.some(({ value }) => value === key));
    return hasOld ? (hasNew && after !== before ? 'both' : 'old') : 'new';
  }
  if (after === before) return 'old';
  return account.service.takes(before) ? 'new, old dying' : 'new';
}

/** Keys that nobody holds and nobody is going to revoke. */
function keysLeft({ account }: Stage, all: readonly Rotation[]): string[] {
  const isAlive = ({ revocation }: Rotation): boolean => revocation?.state === 'due' || revocation?.state === 'held';
  const count = (account.keys()?.length ?? 1) - 1 - all.filter(isAlive).length;
  return count > 0 ? [`${count} keys at the service`] : [];
}

function whichKey(fingerprint: string | null, { old, fresh }: Stage): AtEnd['keychain'] {
  if (fingerprint === null) return 'none';
  if (fingerprint === new Secret(old[0] ?? '').fingerprint) return 'old';
  return fingerprint === new Secret(fresh()[0] ?? '').fingerprint ? 'new' : 'another';
}

function describe({ step, outcome, waiting }: Rotation): string {
  return [outcome ?? step, ...(waiting ? [`waits for the ${waiting.on}`] : [])].join(' ');
}

function hasAsked({ history, way }: Rotation): boolean {
  return way === 'request' && history.some(({ step }) => step === 'requested');
}
