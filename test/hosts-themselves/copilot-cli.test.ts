import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copilotCli } from '../../main/hosts/catalogue/copilot-cli.ts';
import { hostFiles } from '../../main/hosts/files.ts';
import { withHostLock } from '../../main/hosts/locks.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { AWKWARD_KEY, OTHER_AWKWARD_KEY, spellingsOf } from './awkward-keys.ts';
import { CopilotCli } from './copilot-cli.ts';

// Before any test, since it may take longer than a hook may.
const installed = await CopilotCli.install();

describe('Copilot CLI', { timeout: 90_000 }, () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  let copilot: CopilotCli;
  let config: string;
  /** How long Copilot CLI takes to add a server when nobody keeps it, in milliseconds. */
  let usual: number;

  beforeEach(async ({ skip }) => {
    if ('missing' in installed) skip(installed.missing);
    service = await startBitscale();
    sandbox = await openSandbox();
    copilot = await CopilotCli.at(sandbox.home);
    config = join(sandbox.home, '.copilot/mcp-config.json');
    const begin = Date.now();
    await copilot.run(
      'mcp',
      'add',
      'acme',
      '--env',
      `BITSCALE_API_KEY=${service.key}`,
      '--',
      'node',
      ...args(service.key),
    );
    usual = Date.now() - begin;
  });
  afterEach(async () => {
    await sandbox?.dispose();
    await service?.stop();
  });

  function args(key: string): string[] {
    return ['server.js', '--api-key', key, `--api-key=${key}`, '--config', JSON.stringify({ apiKey: key })];
  }

  it('has written a key as variable, arguments, header and address, and gets the new one in each, twice', async () => {
    const url = `https://h.invalid/mcp?api_key=${service.key}&rows=20`;
    const header = ['--header', `Authorization: Bearer ${service.key}`];
    await copilot.run('mcp', 'add', 'acme-http', '--transport', 'http', ...header, url);
    await sandbox.call('addCredential', {
      name: 'work',
      provider: 'bitscale',
      key: service.key,
      baseUrl: service.url,
    });

    service.makeNext(AWKWARD_KEY, OTHER_AWKWARD_KEY);
    for (const key of [AWKWARD_KEY, OTHER_AWKWARD_KEY]) {
      const before = service.key;
      const rotation = await sandbox.rotate('work');
      expect(rotation.sites.map(({ state }) => state)).toEqual(Array(6).fill('patched'));
      expect(await copilot.server('acme')).toMatchObject({ args: args(key), env: { BITSCALE_API_KEY: key } });
      const http = await copilot.server('acme-http');
      expect(http.headers).toEqual({ Authorization: `Bearer ${key}` });
      expect([...new URL(http.url ?? '').searchParams]).toEqual([
        ['api_key', key],
        ['rows', '20'],
      ]);
      const text = await readFile(config, 'utf8');
      for (const spelling of spellingsOf(before)) expect(text).not.toContain(spelling);
      expect((await stat(config)).mode & 0o777).toBe(0o600);
    }
  });

  describe('and Rekey', () => {
    async function lockedFile() {
      const [file] = (await hostFiles(copilotCli, sandbox.machine, [])).filter(({ path }) => path === config);
      if (!file) throw new Error('the catalogue does not know the file that Copilot CLI wrote');
      return file;
    }

    it('wait for each other: nothing is written while Rekey holds the lock, and all of it afterwards', async () => {
      const file = await lockedFile();
      const before = await readFile(config);
      let added: Promise<string> | null = null;
      let done = false;
      await withHostLock(file, async () => {
        added = copilot.run('mcp', 'add', 'other', '--', 'node', 'other.js').finally(() => (done = true));
        // Copilot CLI waits for some seconds, then gives up.
        await new Promise((resolve) => setTimeout(resolve, Math.min(2.5 * usual, 4_000)));
        expect(done).toBe(false);
        expect(await readFile(config)).toEqual(before);
      });
      await added;
      expect(await copilot.server('other')).toMatchObject({ args: ['other.js'] });
    });

    it('keep out of each other’s way: Rekey does nothing while Copilot CLI is at its file, and all of it afterwards', async () => {
      const file = await lockedFile();
      // Copilot CLI takes the lock, then stops at a file that never says anything.
      await rm(config);
      await promisify(execFile)('mkfifo', [config]);
      const held = spawn(copilot.program, ['mcp', 'add', 'other', '--', 'node'], { env: copilot.env, stdio: 'ignore' });
      try {
        const tryNow = () =>
          withHostLock(file, async () => 'done', 0).catch((error: { code?: unknown }) => String(error.code));
        await expect.poll(tryNow, { timeout: 20_000 }).toBe('file-locked');
        const waits = withHostLock(file, async () => 'done', 20_000);
        expect(await tryNow()).toBe('file-locked');
        held.kill('SIGKILL');
        expect(await waits).toBe('done');
      } finally {
        if (held.exitCode === null && held.signalCode === null) {
          held.kill('SIGKILL');
          await once(held, 'exit');
        }
      }
    });
  });
});
