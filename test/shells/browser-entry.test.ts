import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Secret } from '../../main/credentials/secret.ts';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { type Ended, Program } from '../bridge/program.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';

const ENTRY = join(import.meta.dirname, '../../main/browser.ts');

let bridge: BuiltBridge;
let service: FakeBitscale;
let home: string;
let app: ChildProcessWithoutNullStreams;
let ended: Promise<unknown[]>;
let said = '';

beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
  service = await startBitscale();
  app = spawn(process.execPath, [ENTRY, '--no-open'], {
    env: { PATH: process.env.PATH, HOME: home, REKEY_HOME: home },
  });
  ended = once(app, 'close');
  said = '';
  app.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(app.stdout, 'data');
  await command(['keychain', 'file'], 'correct horse');
  await command(['add', 'work', '--provider', 'bitscale', '--base-url', service.url], service.key);
});
afterEach(async () => {
  app.kill('SIGKILL');
  await ended;
  await service.stop();
  await rm(home, { recursive: true, force: true });
});

function command(args: readonly string[], stdin = ''): Promise<Ended> {
  const program = new Program(bridge, home, args);
  program.child.stdin.end(stdin);
  return program.ended;
}

it('the browser shell that is told to end while a service is asked for a key stays until it has that key', async () => {
  service.fail({ answersAfterMs: 1_000 });
  const rotating = command(['rotate', 'work', '--confirm', 'rotate-now']);
  await expect.poll(() => service.rotationRequests).toBe(1);
  app.kill('SIGTERM');
  await expect.poll(() => said).toContain('Rekey is replacing the key of “work”.');
  expect(app.exitCode).toBeNull();
  expect(await ended).toEqual([0, null]);
  await rotating;
  const [journal = ''] = await readdir(join(home, 'rotations'));
  expect(JSON.parse(await readFile(join(home, 'rotations', journal), 'utf8'))).toMatchObject({
    newFingerprint: new Secret(service.key).fingerprint,
  });
  expect(said).not.toContain(service.key);
});

it('the browser shell ends at once when nothing runs', async () => {
  app.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(said).toBe('');
});

it('a key that the service has kept is made good at the command line with one that the person has made', async () => {
  service.fail('rotates-and-breaks-before-the-answer');
  const lost = await command(['rotate', 'work', '--confirm', 'rotate-now']);
  expect(lost.code).toBe(1);
  expect(lost.stdout).toContain('paste the new key that you have made: rekey adopt work');
  service.fail();
  expect((await command(['status'])).stdout).toContain('Lost, for you to make a new one:');
  const adopted = await command(['adopt', 'work'], `${service.key}\n`);
  expect(adopted.stderr).toBe('');
  expect(adopted.code).toBe(0);
  expect((await command(['verify', 'work'])).code).toBe(0);
  expect(service.rotationRequests).toBe(1);
  expect(lost.stdout + adopted.stdout).not.toContain(service.key);
});
