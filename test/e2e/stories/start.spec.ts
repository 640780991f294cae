import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { root } from '../../../build/build.ts';

test('npm start says which shell it starts and why, and Rekey runs until it is ended', async () => {
  const home = await mkdtemp(join(tmpdir(), 'rekey-'));
  const env = { PATH: process.env.PATH, HOME: home, REKEY_HOME: join(home, 'rekey') };
  const start = spawn(process.execPath, [join(root, 'build', 'start.ts'), '--no-open'], { env });
  let said = '';
  for (const stream of [start.stdout, start.stderr]) {
    stream.on('data', (data) => {
      said += data;
    });
  }
  await expect.poll(() => said, { timeout: 25_000 }).toContain('Rekey runs.');
  expect(said).toContain('Rekey starts in your browser: the Electron runtime is not on this machine.');
  // Its standard output is no terminal, where alone an address may stand.
  expect(said).not.toContain('token');
  start.kill('SIGTERM');
  expect(await once(start, 'exit')).toEqual([0, null]);
  await rm(home, { recursive: true, force: true });
});
