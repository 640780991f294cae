import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { type Ended, Program } from '../bridge/program.ts';

const APP = join(import.meta.dirname, '../../main/browser.ts');

describe('a second app on the same data folder', () => {
  let bridge: BuiltBridge;
  let home: string;
  let first: ChildProcess;

  beforeAll(async () => {
    bridge = await buildBridge();
  });
  afterAll(() => bridge.remove());
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
    await writeFile(join(home, 'browser'), `#!/bin/sh\necho "$1" >> '${home}/opened'\n`);
    await chmod(join(home, 'browser'), 0o755);
    first = start();
    await says(first, 'Rekey runs');
  });
  afterEach(async () => {
    if (first.exitCode === null) {
      first.kill('SIGTERM');
      await once(first, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  });

  const env = () => ({
    PATH: process.env.PATH,
    HOME: home,
    REKEY_HOME: home,
    BROWSER: join(home, 'browser'),
    NODE_NO_WARNINGS: '1',
  });
  const start = (): ChildProcess => spawn(process.execPath, [APP, '--no-open'], { env: env() });
  const opened = async (): Promise<string[]> =>
    (await readFile(join(home, 'opened'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const commandLine = (...args: string[]): Promise<Ended> => {
    const program = new Program(bridge, home, args, { env: { BROWSER: join(home, 'browser') } });
    program.child.stdin.end();
    return program.ended;
  };

  async function endOf(app: ChildProcess): Promise<[code: number, said: string]> {
    let said = '';
    app.stderr?.on('data', (data) => {
      said += data;
    });
    const [code] = await once(app, 'close');
    return [code, said];
  }

  async function says(app: ChildProcess, text: string): Promise<void> {
    let said = '';
    for await (const data of app.stdout ?? []) {
      said += data;
      if (said.includes(text)) return;
    }
    throw new Error(`the app has ended; it said ${said}`);
  }

  it('ends with words, each time, and the first goes on as if nothing had been', async () => {
    const before = await readdir(home);
    const words =
      'Rekey is running already for this user. Nothing was changed. Use the one that runs, or end it first.\n';
    expect(await Promise.all([endOf(start()), endOf(start())])).toEqual([
      [1, words],
      [1, words],
    ]);
    expect(await readdir(home)).toEqual(before);
    const { code, stdout } = await commandLine('status', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pid: first.pid });
  });

  it('brings the first before the person, where a person wanted to start it', async () => {
    const { code, stdout } = await commandLine('serve');
    expect(code).toBe(0);
    expect(stdout).toContain('Rekey runs already. Its page was opened');
    await expect.poll(opened).toEqual([expect.stringMatching(/open-[\w-]+\.html$/)]);
  });
});
