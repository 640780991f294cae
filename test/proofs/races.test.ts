import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { Readings } from './busy-reader.ts';
import type { Writings } from './busy-writer.ts';

const FOR_MS = 10_000;

describe('files that their hosts rewrite every millisecond while keys are rotated, for 10 s', () => {
  let service: FakeBitscale;
  let sandbox: Sandbox;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    service = await startBitscale();
    sandbox = await openSandbox({ delays: { verifyRetry: 20, doubtRecheck: 20, lookAgain: 200 } });
    await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await sandbox.dispose();
    await service.stop();
  });

  it('lose none of their writes under the host’s lock, at most one per rename of Rekey’s without one, and end with the newest key', async () => {
    const paths = [await place('.claude.json'), await place('.cursor/mcp.json'), await place('.gemini/settings.json')];
    const [withLock = '', withoutLock = '', dawdling = ''] = paths;
    const writers = [
      await start('writer', withLock, 'with-lock'),
      await start('writer', withoutLock, 'without-lock'),
      await start('writer', dawdling, 'dawdling'),
    ];
    const reader = await start('reader', ...paths);
    const dead = [];
    for (const end = Date.now() + FOR_MS; Date.now() < end; ) {
      dead.push(service.key);
      const { outcome, sites } = await sandbox.rotate('work');
      expect({ outcome, problems: sites.flatMap(({ problem }) => problem ?? []) }).toEqual({
        outcome: 'done',
        problems: [],
      });
      expect(sites.map(({ site }) => site.file).sort()).toEqual(paths.toSorted());
      // The writers go on meanwhile: what stands there now, stays.
      for (const path of paths) expect(await keysIn(path, dead)).toEqual({ newest: 1, dead: 0 });
    }
    const written = (await Promise.all(writers.map(ended))) as Writings[]; // by busy-writer.ts
    const read = (await ended(reader)) as Readings[]; // by busy-reader.ts
    const files = await Promise.all(
      paths.map(async (path, index) => {
        const { writes = 0, overtaken = 0 } = written[index] ?? {};
        return { path, writes, overtaken, lost: await lostWrites(path, writes), ...read[index] };
      }),
    );
    console.log(`${dead.length} rotations`, JSON.stringify(files.map(({ path, ...rest }) => rest)));

    expect(dead.length).toBeGreaterThan(1);
    for (const { path, writes, overtaken, lost, reads, broken } of files) {
      // A write can only be lost to a rename after which the writer reads something else than it wrote.
      expect(lost).toBeLessThanOrEqual(path === withLock ? 0 : overtaken);
      expect(overtaken).toBeGreaterThanOrEqual(dead.length);
      expect(writes).toBeGreaterThan(200);
      expect(reads).toBeGreaterThan(1_000);
      expect(broken).toBe(0);
      expect(await keysIn(path, dead)).toEqual({ newest: 1, dead: 0 });
      const beside = (await readdir(dirname(path))).filter((name) => name.includes(basename(path)));
      expect(beside).toEqual([basename(path)]);
    }
  }, 60_000);

  async function place(name: string): Promise<string> {
    const path = join(sandbox.home, name);
    const servers = { bitscale: { command: 'uvx', env: { BITSCALE_API_KEY: service.key } } };
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify({ counter: 0, mcpServers: servers, history: [] }));
    return path;
  }

  async function start(what: 'writer' | 'reader', ...options: string[]): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, `busy-${what}.ts`), options, { execArgv: [] });
    children.push(child);
    await once(child, 'message');
    return child;
  }

  async function keysIn(path: string, dead: readonly string[]): Promise<{ newest: number; dead: number }> {
    const text = await readFile(path, 'utf8');
    const count = (key: string): number => text.split(key).length - 1;
    return { newest: count(service.key), dead: dead.reduce((sum, key) => sum + count(key), 0) };
  }
});

/** @returns what it says at its end. */
async function ended(child: ChildProcess): Promise<unknown> {
  const said = once(child, 'message');
  const exited = once(child, 'exit');
  child.send('end');
  const [message] = await said;
  expect(await exited).toEqual([0, null]);
  return message;
}

/** How many numbers are missing in the history, which must be as many as the counter is behind. */
async function lostWrites(path: string, writes: number): Promise<number> {
  const { counter, history }: { counter: number; history: number[] } = JSON.parse(await readFile(path, 'utf8'));
  expect(history).toEqual([...new Set(history)].sort((one, other) => one - other));
  expect(history).toHaveLength(counter);
  expect(history.at(-1)).toBe(writes);
  return writes - counter;
}
