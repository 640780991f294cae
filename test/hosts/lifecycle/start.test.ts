import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive, sameProcess } from '../../../main/hosts/lifecycle/alive.ts';
import { recipeOf, type StartRecipe } from '../../../main/hosts/lifecycle/recipe.ts';
import { startHost } from '../../../main/hosts/lifecycle/start.ts';
import { temporaryFolder } from '../machines.ts';
import { processAt, recorded } from './processes.ts';

const mac = '/Users/ann/Applications/Claude.app/Contents/MacOS/Claude';

describe('how a host was started is seen', () => {
  it('on macOS as its bundle', async () => {
    expect(await recipeOf('Claude', [processAt(mac, 7)], 'darwin')).toEqual({
      kind: 'bundle',
      bundle: '/Users/ann/Applications/Claude.app',
    });
    await expect(recipeOf('Claude', [processAt('/usr/bin/claude', 7)], 'darwin')).rejects.toMatchObject({
      code: 'host-not-startable',
    });
  });

  it('on Windows as its executable, or as its package where it came as one', async () => {
    const plain = 'C:\\Users\\ann\\AppData\\Local\\AnthropicClaude\\app-0.8.1\\claude.exe';
    expect(await recipeOf('Claude', [processAt(plain, 7)], 'win32')).toMatchObject({
      kind: 'executable',
      executable: plain,
    });
    const packaged = 'C:\\Program Files\\WindowsApps\\Claude_1.37937.3.0_x64__pzs8sxrjxfjjc\\app\\Claude.exe';
    expect(await recipeOf('Claude', [processAt(packaged, 7)], 'win32')).toEqual({
      kind: 'package',
      family: 'Claude_pzs8sxrjxfjjc',
    });
  });

  it('by the oldest of those that none of the others has started', async () => {
    const [helper, reporter, app] = [
      processAt('/Applications/Helper.app/Contents/MacOS/H', 3, 9, '2026-01-01T00:00:02Z'),
      processAt('/Applications/Reporter.app/Contents/MacOS/R', 8, 1, '2026-01-01T00:00:01Z'),
      processAt(mac, 9, 1, '2026-01-01T00:00:00Z'),
    ];
    expect(await recipeOf('Claude', [helper, reporter, app], 'darwin')).toMatchObject({
      bundle: expect.stringContaining('Claude.app'),
    });
  });
});

describe('a host is started', () => {
  it('on macOS by its bundle', async () => {
    const { lines, run } = recorded();
    await startHost('Claude', { kind: 'bundle', bundle: '/Applications/Claude.app' }, run);
    expect(lines).toEqual([['open', '-a', '/Applications/Claude.app']]);
  });

  it('on Windows by its package, so that it finds its own data', async () => {
    const { lines, run } = recorded();
    await startHost('Claude', { kind: 'package', family: 'Claude_pzs8sxrjxfjjc' }, run);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.at(-1)).toContain("AppID -like 'Claude_pzs8sxrjxfjjc!*'");
  });

  it('or the person is told to', async () => {
    const { run } = recorded([{ ok: false }]);
    await expect(startHost('Claude', { kind: 'bundle', bundle: '/gone.app' }, run)).rejects.toMatchObject({
      code: 'host-not-started',
      wayOut: 'Start Claude yourself.',
    });
  });
});

describe.skipIf(process.platform !== 'linux')('on Linux, with real processes', () => {
  const pids: number[] = [];
  afterEach(async () => {
    for (const pid of pids.splice(0)) {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
      while (isAlive(pid)) await pause();
    }
  });

  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

  /** A program that says how it runs into the file that its last argument names. */
  const SCRIPT = `
    const { pid, argv, env } = process;
    require('node:fs').writeFileSync(argv.at(-1), JSON.stringify({ pid, args: argv.slice(1), folder: process.cwd(), env }));
    setInterval(() => {}, 1000);`;

  async function saidIn(path: string): Promise<{ pid: number }> {
    for (;;) {
      // It may be read before all of it is written.
      const said = await readFile(path, 'utf8')
        .then(JSON.parse)
        .catch(() => null);
      if (said) {
        pids.push(said.pid);
        return said;
      }
      await pause();
    }
  }

  async function started(): Promise<{ child: ChildProcess; said: { pid: number }; path: string }> {
    const folder = await temporaryFolder();
    const path = join(folder, 'said.json');
    const child = spawn(process.execPath, ['-e', SCRIPT, 'an argument', '', 'with "quotes"\nand lines', path], {
      cwd: folder,
      env: { LANG: 'C', EMPTY: '', EQUALS: 'a=b=c', TOKEN: 'of its own' },
      stdio: 'ignore',
    });
    return { child, said: await saidIn(path), path };
  }

  it('with the same arguments, folder and environment, in a session of its own', async () => {
    const { child, said, path } = await started();
    const recipe = await recipeOf('An app', [processAt(process.execPath, said.pid)], 'linux');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await rm(path);
    await startHost('An app', recipe);
    const again = await saidIn(path);
    expect({ ...again, pid: 0 }).toEqual({ ...said, pid: 0 });
    expect(again.pid).not.toBe(said.pid);
    // Field 6 of its state is the session: it leads its own, and so outlives whoever started it.
    const stat = await readFile(`/proc/${again.pid}/stat`, 'utf8');
    expect(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3])).toBe(again.pid);
  });

  it('an AppImage by the image, since what ran lay in a folder that is gone', async () => {
    const folder = await temporaryFolder();
    const image = join(folder, 'An App.AppImage');
    await writeFile(image, '#!/bin/sh\n');
    await chmod(image, 0o755);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      env: { APPIMAGE: image },
      stdio: 'ignore',
    });
    pids.push(child.pid ?? 0);
    expect(await recipeOf('An app', [processAt(process.execPath, child.pid ?? 0)], 'linux')).toMatchObject({
      executable: image,
      argv0: null,
    });
  });

  it('one whose program can’t be reached from here is known before it is quit', async () => {
    const folder = await temporaryFolder();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      env: { APPIMAGE: join(folder, 'gone.AppImage') },
      stdio: 'ignore',
    });
    pids.push(child.pid ?? 0);
    await expect(recipeOf('An app', [processAt('x', child.pid ?? 0)], 'linux')).rejects.toMatchObject({
      code: 'host-not-startable',
      message: expect.stringContaining('it was not quit'),
    });
  });

  const executable = (path: string, args: string[] = []): StartRecipe => ({
    kind: 'executable',
    executable: path,
    argv0: null,
    args,
    folder: null,
    env: null,
  });

  it.each([
    ['is gone', executable('/nowhere/at/all')],
    ['ends at once with an error', executable(process.execPath, ['-e', 'process.exit(3)'])],
  ])('one that %s is told of', async (_, recipe) => {
    await expect(startHost('An app', recipe)).rejects.toMatchObject({ code: 'host-not-started' });
  });

  it('a launcher that ends well has done its work', async () => {
    await startHost('An app', executable(process.execPath, ['-e', '']));
  });
});

describe('a process is told from a later one of the same id', () => {
  const at = (startedAt: string | null) => ({ pid: 7, startedAt });

  it.each([
    ['of the same second', at('2026-01-01T00:00:05Z'), true],
    ['of the next second, as ps may say', at('2026-01-01T00:00:06Z'), true],
    ['of another minute', at('2026-01-01T00:01:05Z'), false],
    ['of unknown start', at(null), true],
    ['of another id', { pid: 8, startedAt: '2026-01-01T00:00:05Z' }, false],
  ])('%s', (_, other, same) => {
    expect(sameProcess(at('2026-01-01T00:00:05Z'), other)).toBe(same);
  });

  it('and an id of nobody is not alive', () => {
    expect(isAlive(4_194_305)).toBe(false);
    expect(isAlive(process.pid)).toBe(true);
  });
});
