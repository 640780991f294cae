import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryKeychain } from '../../main/credentials/memory-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { type RunningRekey, startRekey } from '../../main/rekey.ts';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import type { CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import { startA2amarket } from '../fakes/a2amarket.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { startLightningFaucet } from '../fakes/lightning-faucet.ts';
import { startLog10x } from '../fakes/log10x.ts';
import { placeSampleHosts } from '../fixtures/hosts/place.ts';
import { placeAllSamples } from '../fixtures/hosts/place-all.ts';
import { changedLines } from './changed-lines.ts';
import { Promises } from './promises.ts';

/** `npm run demo`: the main job from start to end in a sandbox, and a check of every promise on the way. */
const home = await mkdtemp(join(tmpdir(), 'rekey-demo-'));
const promises = new Promises();
const services = {
  bitscale: await startBitscale(),
  'lightning-faucet': await startLightningFaucet(),
  log10x: await startLog10x(),
  a2amarket: await startA2amarket(),
};
const keychain = new MemoryKeychain();
const app: { rekey: RunningRekey | null } = { rekey: null };
try {
  await demo();
} finally {
  await app.rekey?.stop();
  await Promise.all(Object.values(services).map((service) => service.stop()));
  await rm(home, { recursive: true, force: true });
}
process.exitCode = promises.report();

async function demo(): Promise<void> {
  const { bitscale, log10x, a2amarket } = services;
  const lightning = services['lightning-faucet'];
  const old = {
    bitscale: bitscale.key,
    lightning: lightning.operatorKey,
    log10x: log10x.key,
    a2amarket: a2amarket.key,
  };
  const hosts = await placeSampleHosts(home, 'linux', old);
  const all = await placeAllSamples(home, 'linux', old.bitscale);
  const own = await placeCredentialsFiles(old);
  const shown = [...hosts.files.map(({ path }) => path), ...own];
  const others = all.files.filter(({ sites }) => sites.length > 0);
  const before = await readAll(shown);
  const othersBefore = await readAll(others.map(({ path }) => path));
  const count = new Set([...all.files, ...hosts.files].map(({ hostId }) => hostId)).size;
  say(`A temporary home with the config files of ${count} hosts, and four services on 127.0.0.1.`);

  app.rekey = await startRekey({
    machine: { platform: 'linux', home, env: { REKEY_HOME: join(home, 'rekey') } },
    shell: 'browser',
    desktop: false,
    clipboard: null,
    keychain,
    delays: { lookAgain: 200, verifyRetry: 200 },
  });
  for (const [provider, service] of Object.entries(services)) {
    const key =
      provider === 'lightning-faucet' ? old.lightning : old[provider as Exclude<keyof typeof old, 'lightning'>];
    const settings = provider === 'a2amarket' ? { agent_id: a2amarket.agentId } : {};
    const added = await call('addCredential', {
      name: `my ${provider}`,
      provider,
      key,
      baseUrl: service.url,
      settings,
    });
    say(
      `Added “${added.name}” (${added.masked}): the service ${added.verification?.state === 'accepted' ? 'accepts' : 'does not accept'} it.`,
    );
  }

  for (const [provider, service] of Object.entries(services)) {
    const rotation = await rotate(`my ${provider}`);
    promises.check(
      `${provider}: one request rotated the key, and no second was sent`,
      service.rotationRequests === 1 && service.rotations === 1,
    );
    promises.check(`${provider}: the rotation is done, with nothing left to do`, rotation.outcome === 'done');
    const kept = await keychain.get(`credential:${rotation.target.id}:current`);
    promises.check(
      `${provider}: the key in the keychain is the service's new one`,
      kept !== null && service.takes(kept.reveal()),
    );
    if (rotation.cooldown) say(`  ${rotation.cooldown.what} are blocked until ${rotation.cooldown.until}.`);
  }

  const fresh = {
    bitscale: bitscale.key,
    lightning: lightning.operatorKey,
    log10x: log10x.key,
    a2amarket: a2amarket.key,
  };
  const pairs = Object.entries(old).map(([name, key]) => ({
    name,
    old: key,
    fresh: fresh[name as keyof typeof fresh],
  }));
  say('\nWhat changed in each file, keys masked:');
  for (const [path, was] of before) {
    const is = await readFile(path);
    console.log(`\n${path.replace(home, '~')}`);
    for (const line of changedLines(was, is, maskAll(pairs))) console.log(`  ${line}`);
    const undone = pairs.reduce((text, pair) => text.replaceAll(pair.fresh, pair.old), is.toString('latin1'));
    promises.check(`${path.replace(home, '~')}: only the keys' bytes changed`, undone === was.toString('latin1'));
    promises.check(
      `${path.replace(home, '~')}: no old key stands in it`,
      pairs.every((pair) => !is.includes(pair.old)),
    );
  }
  say('\nThe key of BitScale in the files of the other hosts:');
  for (const { path, hostId, sites } of others) {
    const was = othersBefore.get(path)?.toString('latin1') ?? '';
    const is = await readFile(path, 'latin1');
    const places = is.split(fresh.bitscale).length - 1;
    say(`  ${path.replace(home, '~')} (${hostId}): ${places} ${places === 1 ? 'place' : 'places'}`);
    promises.check(`${hostId}: the new key stands in every server's entry`, places === sites.length);
    promises.check(`${hostId}: only the key's bytes changed`, is.replaceAll(fresh.bitscale, old.bitscale) === was);
  }
  for (const { path } of hosts.copies)
    say(`\nReported and left alone: ${path.replace(home, '~')}, a copy that its host made, holds old keys.`);
}

async function rotate(credential: string): Promise<Rotation> {
  const approval = await call('requestRotation', { credential });
  const files = new Set(approval.plan.sites.map(({ file }) => file)).size;
  say(`\nPlan for “${credential}”: ${approval.plan.sites.length} places in ${files} files; the person confirms.`);
  for (const consequence of approval.plan.consequences)
    if (consequence.kind === 'blocked')
      say(`  The service will block ${consequence.what} for ${consequence.minutes} minutes.`);
  const { rotationId } = await call('approve', { id: approval.id, planHash: approval.plan.hash });
  return new Promise((resolve) => {
    const stop = running().core.on((event) => {
      if (event.name !== 'rotation' || event.payload.id !== rotationId || event.payload.step !== 'ended') return;
      stop();
      say(`  ${event.payload.history.map(({ step }) => step).join(' → ')}: ${event.payload.outcome}`);
      resolve(event.payload);
    });
  });
}

function running(): RunningRekey {
  if (app.rekey) return app.rekey;
  throw new Error('the core does not run');
}

function call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  return running().core.call(name, input, { carrier: 'page', program: 'demo', pid: process.pid, client: null });
}

/** The services' own files, with fields that must survive. */
async function placeCredentialsFiles(keys: { lightning: string; log10x: string }): Promise<string[]> {
  const lightning = join(home, '.lightning-wallet', 'credentials.json');
  const log10x = join(home, '.log10x', 'credentials');
  const operator = {
    api_key: keys.lightning,
    id: 1,
    name: 'me',
    recovery_code: 'keep-this-code',
    saved_at: '2026-01-01T00:00:00Z',
  };
  await write(
    lightning,
    JSON.stringify({ version: 1, api_url: 'https://lightningfaucet.com/ai-agents/api', active: 'operator', operator }),
  );
  await write(
    log10x,
    `${JSON.stringify({ apiKey: keys.log10x, signedInAt: '2026-01-01T00:00:00Z', auth0AccessToken: 'keep-this-token' }, null, 2)}\n`,
  );
  return [lightning, log10x];
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  await writeFile(path, text, { mode: 0o600 });
}

async function readAll(paths: readonly string[]): Promise<Map<string, Buffer>> {
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)));
}

function maskAll(pairs: readonly { name: string; old: string; fresh: string }[]): (line: string) => string {
  return (line) =>
    pairs.reduce((text, { old, fresh }) => text.replaceAll(old, masked(old)).replaceAll(fresh, masked(fresh)), line);
}

function masked(key: string): string {
  return `•••• (${new Secret(key).fingerprint})`;
}

function say(line: string): void {
  console.log(line);
}
