import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { CallInput } from '../../preload/contract.ts';
import type { Account } from './accounts.ts';
import { type Behaviour, DELAYS } from './behaviours.ts';
import type { StartOptions } from './child-messages.ts';
import { makeEncryptedFile } from './encrypted-file.ts';
import { placeFiles } from './host-files.ts';
import { RekeyProcess } from './rekey-process.ts';
import type { Strategy } from './strategies.ts';

/** A home folder with host files, an account at a stand-in, and Rekey's process, which can be exchanged for another. */
export interface Stage {
  readonly home: string;
  readonly strategy: Strategy;
  readonly account: Account;
  /** The account's secrets before the rotation. */
  old: readonly string[];
  /** What they are after it. */
  fresh(): readonly string[];
  /** The rotation that comes before and is undone. */
  undone: string | null;
  /** The key that a person makes on the service's page: once. */
  keyByHand(): Promise<string>;
  /** Whether they have made one. */
  readonly isMadeByHand: boolean;
  start(options?: Partial<StartOptions>): Promise<RekeyProcess>;
  close(): Promise<void>;
}

/** What does not change from row to row. */
export interface Workshop {
  /** Of the child. */
  readonly program: string;
  /** Where the homes are made. */
  readonly folder: string;
  readonly keychain: StartOptions['keychain'];
}

const GLANCE_MS = 10;

export async function openStage({ program, folder, keychain }: Workshop, strategy: Strategy): Promise<Stage> {
  const home = await mkdtemp(join(folder, 'home-'));
  const account = await strategy.open();
  const first = account.secrets();
  let byHand: Promise<string> | null = null;
  placeFiles(home, account.files, first);
  if (keychain === 'file') makeEncryptedFile(join(home, 'rekey', 'keychain.json'));
  const started: RekeyProcess[] = [];
  return {
    home,
    strategy,
    account,
    old: first,
    fresh: () => (strategy.undoes ? first : account.secrets()),
    undone: null,
    keyByHand() {
      byHand ??= account.makeKey();
      return byHand;
    },
    get isMadeByHand() {
      return byHand !== null;
    },
    async start(options = {}) {
      const defaults = { delays: DELAYS, keychain, unlocked: true, clockAheadMs: 0 };
      const process = await RekeyProcess.start(program, home, { ...defaults, ...options });
      started.push(process);
      return process;
    },
    async close() {
      await Promise.all(started.map((process) => process.kill()));
      await account.service.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Takes the account's key in; from then on the service behaves as it is to. */
export async function prepare(rekey: RekeyProcess, stage: Stage, { switches }: Behaviour): Promise<void> {
  const { account, strategy } = stage;
  if (account.description !== null) await rekey.call('saveService', { draft: { text: account.description } });
  for (const credential of account.credentials) await rekey.call('addCredential', credential);
  account.service.fail(...account.switches);
  if (strategy.undoes) {
    stage.undone = await rotate(rekey, stage);
    while ((await rekey.call('getRotation', { id: stage.undone })).step !== 'ended') await sleep(GLANCE_MS);
    stage.old = account.secrets();
  }
  account.service.fail(...account.switches, ...switches);
}

/** Asks for the rotation and confirms it. @returns its id. */
export async function rotate(rekey: RekeyProcess, stage: Stage): Promise<string> {
  const { request, graceMinutes } = stage.account;
  const approval = await rekey.call('requestRotation', requestOf(stage));
  const { rotationId } = await rekey.call('approve', {
    id: approval.id,
    planHash: approval.plan.hash,
    ...(graceMinutes !== null && stage.undone === null && { graceMinutes }),
  });
  if (rotationId === null) throw new Error(`the request for ${request.credential} has no rotation`);
  return rotationId;
}

function requestOf({ account, undone }: Stage): CallInput<'requestRotation'> {
  return undone === null ? account.request : { ...account.request, undo: undone };
}

/** The rotation of this row; null when it never came into being. */
export async function latest(rekey: RekeyProcess, { undone }: Stage): Promise<Rotation | null> {
  const [newest] = await rekey.call('listRotations', {});
  return newest && newest.id !== undone ? newest : null;
}
