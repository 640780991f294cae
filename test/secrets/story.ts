import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asAgent, rotateAsAgent, useAllTools } from './agent.ts';
import type { Cast } from './cast.ts';
import { Console } from './console.ts';
import { KILL_AT_RECEIPT } from './kill-at-receipt.ts';
import { filePlaces } from './places.ts';
import type { Stage } from './stage.ts';
import type { Place } from './sweep.ts';
import { Visitor } from './visitor.ts';

export interface Told {
  /** How each rotation ended: "lost: lost, done" of one that ended twice. */
  readonly outcomes: readonly string[];
  /** All files at the moment of the crash. */
  readonly atTheCrash: readonly Place[];
  /** What the pages showed and kept. */
  readonly pages: readonly Place[];
  /** What the commands printed, as whoever started them read it. */
  readonly printed: readonly Place[];
}

interface Scene {
  readonly cast: Cast;
  readonly stage: Stage;
  readonly console: Console;
  readonly visitor: Visitor;
}

/** The whole life of a dozen keys with the built app, its command line, two agents and a page, and a crash in the middle. */
export async function tellStory(cast: Cast, stage: Stage): Promise<Told> {
  const console = new Console(stage.app, () => cast.note());
  await stage.app.start();
  await addKeys(cast, console);
  const atTheCrash = await crash(stage, console);
  const visitor = await Visitor.open(stage, (token) => cast.mark('page', token));
  const scene = { cast, stage, console, visitor };
  await visitor.add('paged', cast.bitscale.paged);
  await Promise.all([
    ...['garbage', 'logs'].map((name) => withFault(scene, name)),
    lost(scene),
    inDoubt(scene),
    thereAndBack(scene),
    curiousAgent(scene),
    trustedAgent(scene),
  ]);
  cast.market.fail('delivers-hmac-secret');
  await Promise.all([visitor.rotate('market'), console.rotate('wallet', '--agent-id', '7'), console.ended('crash')]);
  cast.note();
  await inThePage(scene);
  await encryptedFile(scene);
  await console.readEverything();
  const rotations = await visitor.call('listRotations', {});
  await visitor.leave();
  const outcomes = rotations.map(({ target, history, waiting }) => {
    const ends = history.filter(({ step }) => step === 'ended').map(({ note }) => note);
    return `${target.name}: ${[...ends, ...(waiting ? ['waits'] : [])].join(', ')}`;
  });
  return { outcomes: outcomes.toSorted(), atTheCrash, pages: visitor.seen, printed: console.printed };
}

async function addKeys(cast: Cast, console: Console): Promise<void> {
  const { bitscale, logs, wallet, market, mail } = cast;
  // One that the service does not take, and one that no service can have made.
  const made = `sk-live-${randomBytes(20).toString('hex')}`;
  const refused = [made, `${made.replace('live', 'odd')} "\n`];
  for (const key of refused) cast.mark('work', key);
  await Promise.all([
    ...(['work', 'lost', 'doubt', 'garbage', 'crash'] as const).map((role) =>
      console.add(role, 'bitscale', bitscale[role].url, bitscale[role].key),
    ),
    console.add('logs', 'log10x', logs.url, logs.key),
    console.add('wallet', 'lightning-faucet', wallet.url, wallet.operatorKey),
    console.add('mail', 'resend', mail.url, mail.key),
    console.add('market', 'a2amarket', market.url, market.key, '--setting', `agent_id=${market.agentId}`),
    ...refused.map((key) => console.add('refused', 'bitscale', bitscale.work.url, key)),
  ]);
}

/** The app dies when the service's answer lies on the disk, and is started again. */
async function crash({ app, home, tap }: Stage, console: Console): Promise<Place[]> {
  const order = join(tap, KILL_AT_RECEIPT);
  await writeFile(order, '');
  await console.rotate('crash');
  const files = await filePlaces(home);
  await rm(order);
  await app.stop();
  await app.start();
  return files;
}

async function withFault({ cast, console }: Scene, name: string): Promise<void> {
  cast.bitscale.garbage.fail('rotates-and-answers-garbage');
  cast.logs.fail('refuses-with-403');
  await console.rotate(name);
}

/** The service keeps the new key, and the person pastes it. */
async function lost({ cast, console, visitor }: Scene): Promise<void> {
  const service = cast.bitscale.lost;
  service.fail('rotates-and-answers-a-page');
  await console.rotate('lost');
  service.fail();
  const id = await visitor.rotationOf('lost');
  // First the wrong one.
  await visitor.call('adoptKey', { id, key: cast.bitscale.lost.key.replace(/.$/, 'x') }).catch(() => {});
  await console.adopt('lost', service.key);
}

/** Both keys work for a while, and the person goes back to the old one. */
async function thereAndBack({ console }: Scene): Promise<void> {
  await console.rotate('mail', '--grace', '1h');
  await console.undo('mail');
}

/** The service breaks off and can't be asked any more, until the person has enough. */
async function inDoubt({ cast, console, visitor }: Scene): Promise<void> {
  const service = cast.bitscale.doubt;
  service.fail('rotates-and-breaks-before-the-answer', { answersAfterMs: 500 });
  const rotated = console.rotate('doubt');
  while (service.rotations === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  service.fail('verification-breaks');
  await rotated;
  await visitor.call('giveUpRotation', { id: await visitor.rotationOf('doubt') });
}

async function curiousAgent({ cast, stage, console, visitor }: Scene): Promise<void> {
  await asAgent(stage.app, 'a curious agent', async (agent) => {
    await useAllTools(agent, 'work');
    await rotateAsAgent(agent, 'work', visitor, ({ id }) => console.approve(id));
  });
  cast.note();
}

/** The person ticks that this one gets the key. */
async function trustedAgent({ cast, stage, visitor }: Scene): Promise<void> {
  await asAgent(stage.app, 'a trusted agent', async (agent) => {
    await rotateAsAgent(agent, 'wallet', visitor, ({ id, plan }) =>
      visitor.call('approve', { id, planHash: plan.hash, giveKeyToClient: true }),
    );
  });
  cast.note();
}

/** What a person can do in the page beside rotating. */
async function inThePage({ cast, stage: { copy, commented }, visitor }: Scene): Promise<void> {
  for (const link of ['Hosts', 'Activity', 'Settings']) await visitor.visit(link);
  await visitor.call('copyKey', { credential: 'work' });
  const { findings } = await visitor.call('scanFiles', {});
  const finding = findings.find(({ server }) => server === 'found')?.id ?? '';
  const baseUrl = cast.bitscale.found.url;
  await visitor.call('takeIn', { finding, name: 'found', provider: 'bitscale', baseUrl });
  await visitor.call('redactKey', { file: commented, credential: 'work' });
  await visitor.call('patchCopy', { path: copy, credential: 'work' });
  await visitor.call('deleteCopy', { path: copy });
  await visitor.call('listBackups', {});
  await visitor.call('restoreBackup', { file: copy });
  await visitor.call('restoreBackup', { file: commented, asItWas: true });
  const { id } = await visitor.call('requestRotation', { credential: 'paged' });
  await visitor.call('deny', { id });
  for (const name of ['listApprovals', 'listActivity', 'listHosts', 'listProviders', 'listReminders'] as const)
    await visitor.call(name, {});
  await visitor.call('exportActivity', {});
}

/** The keys move into an encrypted file, and one is rotated there. */
async function encryptedFile({ cast, console, visitor }: Scene): Promise<void> {
  const passphrase = randomBytes(20).toString('hex');
  cast.mark('keychain', passphrase);
  await visitor.call('chooseKeychain', { kind: 'file', passphrase });
  await visitor.call('unlockKeychain', { passphrase });
  await console.rotate('found');
}
