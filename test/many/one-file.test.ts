import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rotation } from '../../main/rotation/rotation.schema.ts';
import { filesBelow, openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { addAll, type Held, startServices } from './services.ts';

const ROUNDS = 3;
/** Dozens of rotations, on a machine that may be busy. */
const LONG_MS = 180_000;

type Text = (keys: readonly string[]) => string;

/** Files of several hosts, in which all keys stand side by side; one has a lock, one comments, one CRLF. */
const FILES: Readonly<Record<string, Text>> = {
  '.claude.json': (keys) =>
    `${JSON.stringify({ numStartups: 7, projects: { '/no/such': { history: ['x'] } }, mcpServers: servers(keys) }, null, 2)}\n`,
  '.cursor/mcp.json': (keys) => JSON.stringify({ mcpServers: servers([...keys].reverse()) }),
  '.gemini/settings.json': (keys) =>
    `// kept\n${JSON.stringify({ theme: 'x', mcpServers: servers(keys) }, null, 4)}\n`.replaceAll('\n', '\r\n'),
  '.codex/config.toml': (keys) =>
    keys
      .map((key, at) => `[mcp_servers.s${at}] # the person’s own words\ncommand = "npx"\nargs = ["--key=${key}"]\n`)
      .join('\n'),
};

function servers(keys: readonly string[]) {
  return Object.fromEntries(
    keys.map((key, at) => [
      `s${at}`,
      { command: 'npx', args: ['-y', 'some-mcp'], env: { SOME_KEY: key, OTHER: 'é✓' } },
    ]),
  );
}

describe('twelve credentials of four services, which all stand in the same files', { timeout: LONG_MS }, () => {
  let sandbox: Sandbox;
  let held: Held[];

  beforeEach(async () => {
    held = await startServices(3);
    sandbox = await openSandbox();
    for (const [at, text] of Object.entries(FILES)) {
      const path = join(sandbox.home, at);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text(keysNow()));
      await chmod(path, 0o600);
    }
    await addAll(sandbox, held);
  });
  afterEach(async () => {
    await sandbox.dispose();
    for (const { service } of held) await service.stop();
  });

  const keysNow = (): string[] => held.map(({ key }) => key());

  async function rotateAll(): Promise<Rotation[]> {
    const asked = await sandbox.call('requestRotations', { file: join(sandbox.home, '.claude.json') });
    expect(asked.refused).toEqual([]);
    expect(asked.approvals.map(({ plan }) => plan.target.name).sort()).toEqual(held.map(({ name }) => name).sort());
    const { approvals, failed } = await sandbox.call('approveBatch', {
      batch: asked.batch,
      approvals: asked.approvals.map(({ id, plan }) => ({ id, planHash: plan.hash })),
    });
    expect(failed).toEqual([]);
    return Promise.all(approvals.map(({ rotationId }) => sandbox.settled(rotationId ?? '')));
  }

  it('all get their new keys at once, again and again: each file holds them all, and no other byte has changed', async () => {
    for (let round = 1; round <= ROUNDS; round++) {
      const before = keysNow();
      const rotations = await rotateAll();
      expect(rotations.map(({ outcome, problem }) => ({ outcome, problem }))).toEqual(
        rotations.map(() => ({ outcome: 'done', problem: null })),
      );
      expect(rotations.flatMap(({ notKept }) => notKept)).toEqual([]);
      expect(held.map(({ service }) => service.rotationRequests)).toEqual(held.map(() => round));
      expect(keysNow().filter((key) => before.includes(key))).toEqual([]);
      for (const [at, text] of Object.entries(FILES)) {
        const path = join(sandbox.home, at);
        expect(await readFile(path, 'utf8'), at).toBe(text(keysNow()));
        expect((await stat(path)).mode & 0o777, at).toBe(0o600);
      }
      for (const { id, fingerprint } of await sandbox.call('listCredentials', {})) {
        const current = await sandbox.keychain.get(`credential:${id}:current`);
        expect(current?.fingerprint).toBe(fingerprint);
        expect(keysNow()).toContain(current?.reveal());
      }
    }
  });

  it('leave a version of before the first of them that can be put back, and nothing else', async () => {
    const file = join(sandbox.home, '.claude.json');
    const before = await readFile(file, 'utf8');
    await rotateAll();
    const { backups } = await sandbox.call('listBackups', { file });
    const oldest = backups.map(({ at }) => at).sort()[0] ?? '';
    const restored = await sandbox.call('restoreBackup', { file, at: oldest, asItWas: true });
    expect(restored.changed).toBe(true);
    expect(await readFile(file, 'utf8')).toBe(before);
    const left = (await filesBelow(sandbox.home)).filter(({ path }) =>
      /\.tmp$|\.lock$|\/(receipts|locks)\//.test(path),
    );
    expect(left.map(({ path }) => path)).toEqual([]);
    expect(sandbox.keychain.accounts().filter((account) => /^(pending|seal|sentinel):/.test(account))).toEqual([]);
  });
});
