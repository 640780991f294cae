/** Rekey on the keychain of its session: rotates, takes the file keychain into use, and restores what was kept before. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRekey } from '../../main/rekey.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { callerBy } from '../sandbox/sandbox.ts';

const home = process.env.HOME ?? '';
const service = await startBitscale();
const { core, stop } = await startRekey({
  machine: { platform: 'linux', home, env: { HOME: home, REKEY_HOME: join(home, 'rekey') } },
  shell: 'browser',
  desktop: false,
  clipboard: null,
  delays: { requestTimeout: 5_000, verifyTimeout: 2_000, verifyRetry: 20, doubtRecheck: 20, lookAgain: 20 },
});
const person = callerBy('page');
const file = join(home, '.cursor', 'mcp.json');
const before = JSON.stringify({ mcpServers: { acme: { env: { BITSCALE_API_KEY: service.key } } } });
await mkdir(join(home, '.cursor'));
await writeFile(file, before);

await core.call(
  'addCredential',
  { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url },
  person,
);
const { id, plan } = await core.call('requestRotation', { credential: 'work' }, person);
const ended = new Promise<void>((resolve) => {
  core.on((event) => event.name === 'rotation' && event.payload.step === 'ended' && resolve());
});
await core.call('approve', { id, planHash: plan.hash }, person);
await ended;
await core.call('removeCredential', { credential: 'work' }, person);
const { kind } = await core.call('chooseKeychain', { kind: 'file', passphrase: 'correct horse' }, person);
const { backups } = await core.call('listBackups', {}, person);
await core.call('restoreBackup', { file, asItWas: true }, person);
const restored = (await readFile(file, 'utf8')) === before;
console.log(JSON.stringify({ kind, problems: backups.map(({ problem }) => problem), restored }));
await stop();
await service.stop();
process.exit(0);
