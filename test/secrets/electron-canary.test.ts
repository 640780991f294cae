import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Clipboard } from '../../main/calls/parts.ts';
import type { CallName } from '../../preload/contract.ts';
import { CONFIRMATION_WINDOW_CALLS, MAIN_WINDOW_CALLS } from '../../preload/names.ts';
import { boot } from '../electron/boot.ts';
import type { ElectronDouble } from '../electron/electron-double.ts';
import { CALL_CHANNEL, pageIn } from '../electron/page-double.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { searchFor } from './search.ts';
import { type Allowance, type Place, sweep } from './sweep.ts';

let service: FakeBitscale;
let sandbox: Sandbox;
let file: string;
/** What the app gives to its core. */
let given: Clipboard | null;

beforeEach(async () => {
  service = await startBitscale();
  given = null;
  const clipboard: Clipboard = { copySecret: async (secret) => (await given?.copySecret(secret)) ?? 0 };
  sandbox = await openSandbox({ shell: 'electron', desktop: true, clipboard });
  file = join(sandbox.home, '.cursor', 'mcp.json');
});
afterEach(async () => {
  await sandbox.dispose();
  await service.stop();
});

/** Starts the app on the double, with the real core, and records what crosses to and from its windows. */
async function start(): Promise<{ electron: ElectronDouble; crossed: Place[] }> {
  const { electron } = await boot({
    core: sandbox.rekey.core,
    startRekey: async ({ clipboard }) => {
      given = clipboard;
      return sandbox.rekey;
    },
  });
  const crossed: Place[] = [];
  const take = electron.calls.get(CALL_CHANNEL);
  if (!take) throw new Error('the app takes no calls');
  electron.calls.set(CALL_CHANNEL, async (event, name, input) => {
    crossed.push(place(`call of ${name}`, input));
    const answer = await take(event, name, input);
    crossed.push(place(`answer to ${name}`, answer));
    return answer;
  });
  return { electron, crossed };
}

/** Everything else that Electron was given. */
function shown(electron: ElectronDouble): Place[] {
  const { windows, trays, boxes, errorBoxes, opened, app, clipboard } = electron;
  return [
    ...windows.flatMap(({ webContents }) => webContents.sent.map(({ channel, payload }) => place(channel, payload))),
    place('addresses', [windows.map(({ loaded }) => loaded), opened]),
    place('tray', [trays.map(({ toolTip, menu }) => [toolTip, menu?.labels])]),
    place('dialogs', [boxes, errorBoxes]),
    place('app', [app.name, app.lockData, app.steps]),
    place('clipboard', clipboard.writes),
  ];
}

function place(name: string, what: unknown): Place {
  return { name, bytes: Buffer.from(JSON.stringify(what) ?? '') };
}

it('no key crosses to a window, but the one that was typed there comes from it, and a copied one goes to the clipboard', async () => {
  const { electron, crossed } = await start();
  const old = service.key;
  await writeHost(old);
  const page = pageIn(electron, electron.windowOf('index.html'), MAIN_WINDOW_CALLS);
  const call = (name: CallName, input: unknown = {}): Promise<unknown> => page.call(name, input);
  const key = { provider: 'bitscale', baseUrl: service.url };
  const refused = `sk-live-${'0123456789abcdef'.repeat(2)}`;

  await call('addCredential', { ...key, name: 'refused', key: refused });
  await call('addCredential', { ...key, name: 'work', key: `${old}\n` });
  await call('addCredential', { ...key, name: 'work', key: old });
  for (const name of READING) await call(name);
  await call('verifyCredential', { credential: 'work' });
  await call('copyKey', { credential: 'work' });
  await call('planRotation', { credential: 'work' });

  service.fail('rotates-and-answers-garbage');
  await call('requestRotation', { credential: 'work' });
  const window = electron.windowOf('confirmation.html');
  const confirmation = pageIn(electron, window, CONFIRMATION_WINDOW_CALLS);
  const id = new URL(window.loaded[0] ?? '').searchParams.get('id') ?? '';
  const [approval] = await sandbox.call('listApprovals', {});
  await confirmation.call('getApproval', { id });
  await confirmation.call('approve', { id, planHash: approval?.plan.hash });
  await expect.poll(async () => (await sandbox.call('listRotations', {}))[0]?.outcome).toBe('done');
  expect(service.key).not.toBe(old);

  await call('redactKey', { file, credential: 'work' });
  await call('restoreBackup', { file, asItWas: true });
  for (const name of READING) await call(name);
  window.close();

  const canaries = [
    { name: 'the old key', value: old, publicBeginning: 8 },
    { name: 'the new key', value: service.key, publicBeginning: 8 },
    { name: 'the refused key', value: refused, publicBeginning: 8 },
  ];
  const typed: Allowance = { place: /^call of addCredential$/, canaries: ['the old key', 'the refused key'] };
  const copied: Allowance = { place: /^clipboard$/, canaries: ['the old key'] };
  const { leaks, used } = sweep([...crossed, ...shown(electron)], searchFor(canaries), [typed, copied]);
  expect(leaks).toEqual([]);
  expect(used).toEqual(new Set([typed, copied]));
});

/** Calls that only show, and need nothing to do so. */
const READING = [
  'getStatus',
  'getSettings',
  'listProviders',
  'listCredentials',
  'listHosts',
  'listBackups',
  'scanFiles',
  'listApprovals',
  'listRotations',
  'listActivity',
] as const satisfies readonly CallName[];

/** With the key in a server, and in a comment. */
async function writeHost(key: string): Promise<void> {
  await mkdir(join(sandbox.home, '.cursor'));
  const server = { command: 'uvx', env: { BITSCALE_API_KEY: key } };
  await writeFile(file, `// ${key}\n${JSON.stringify({ mcpServers: { one: server } })}\n`);
}
