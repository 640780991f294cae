import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../../main/hosts/lifecycle/alive.ts';
import { quitHost } from '../../../main/hosts/lifecycle/quit.ts';
import type { RunningProgram } from '../../../main/hosts/programs.ts';
import { processAt, recorded } from './processes.ts';

/** An id that no process has: above the largest that Linux gives. */
const NOBODY = 4_194_305;
const mac = '/Applications/Claude.app/Contents/MacOS/Claude';
const windows = 'C:\\Users\\ann\\AppData\\Local\\AnthropicClaude\\app-0.8.1\\claude.exe';

/** The processes at the first look, and none later: they end when they are asked to. */
function thenGone(processes: readonly RunningProgram[]): () => Promise<readonly RunningProgram[]> {
  let looks = 0;
  return async () => (looks++ === 0 ? processes : []);
}

describe('on macOS', () => {
  it('the app is asked by the path of its bundle, which is no part of the script', async () => {
    const odd = '/Users/ann/My "Apps"/Claude.app/Contents/MacOS/Claude';
    const { lines, run } = recorded();
    const processes = thenGone([processAt(odd, NOBODY), processAt(odd, NOBODY + 1, NOBODY)]);
    await quitHost('Claude Desktop', { platform: 'darwin', timeoutMs: 1_000, processes, run });
    expect(lines).toEqual([
      [
        'osascript',
        '-e',
        'on run argv',
        '-e',
        'quit application (item 1 of argv)',
        '-e',
        'end run',
        '/Users/ann/My "Apps"/Claude.app',
      ],
    ]);
  });

  it('a refusal of the system says where to allow it', async () => {
    const { run } = recorded([{ ok: false, stderr: 'execution error: Not authorized to send Apple events (-1743)' }]);
    const processes = thenGone([processAt(mac, process.pid)]);
    await expect(
      quitHost('Claude Desktop', { platform: 'darwin', timeoutMs: 100, processes, run }),
    ).rejects.toMatchObject({ code: 'host-quit-not-permitted', wayOut: expect.stringContaining('Automation') });
  });

  it('an app that asks about unsaved work goes on, and that is said', async () => {
    const { run } = recorded([{ ok: false, stderr: 'execution error: User canceled. (-128)' }]);
    // This very process stands for the app: it lives on.
    const processes = async () => [processAt(mac, process.pid)];
    await expect(
      quitHost('Claude Desktop', { platform: 'darwin', timeoutMs: 250, processes, run }),
    ).rejects.toMatchObject({
      code: 'host-still-running',
      message: expect.stringMatching(/^Claude Desktop was asked to quit and still runs.*Nothing was forced\.$/),
    });
  });
});

describe('on Windows', () => {
  it('only the processes with a window are asked, and none is forced', async () => {
    const { lines, run } = recorded([{ stdout: `${NOBODY + 1}\r\n` }]);
    const processes = thenGone([processAt(windows, NOBODY), processAt(windows, NOBODY + 1)]);
    await quitHost('Claude Desktop', { platform: 'win32', timeoutMs: 1_000, processes, run });
    expect(lines[0]?.at(-1)).toBe(
      `(Get-Process -Id ${NOBODY},${NOBODY + 1} -ErrorAction SilentlyContinue | Where-Object MainWindowHandle -ne 0).Id`,
    );
    expect(lines.slice(1)).toEqual([['taskkill.exe', '/PID', String(NOBODY + 1)]]);
  });

  it('an app that has only its icon beside the clock is left alone, and the person told', async () => {
    const { lines, run } = recorded([{ stdout: '' }]);
    const processes = thenGone([processAt(windows, NOBODY)]);
    await expect(
      quitHost('Claude Desktop', { platform: 'win32', timeoutMs: 100, processes, run }),
    ).rejects.toMatchObject({ code: 'host-has-no-window', wayOut: expect.stringContaining('beside the clock') });
    expect(lines).toHaveLength(1);
  });

  it('an app that closes its window and lives on is told of as such', async () => {
    const { run } = recorded([{ stdout: String(process.pid) }]);
    const processes = async () => [processAt(windows, process.pid)];
    await expect(
      quitHost('Claude Desktop', { platform: 'win32', timeoutMs: 250, processes, run }),
    ).rejects.toMatchObject({ code: 'host-still-running', message: expect.stringContaining('beside the clock') });
  });
});

describe.skipIf(process.platform === 'win32')('on Linux, with real processes', () => {
  const started: ChildProcess[] = [];
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit');
    }
  });

  /** A process that says when it is ready; `script` is what it does. */
  async function start(script: string): Promise<number> {
    const child = spawn(process.execPath, ['-e', `${script}; console.log('ready'); setInterval(() => {}, 1000)`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    await once(child.stdout, 'data');
    return child.pid ?? 0;
  }

  const here = async (processes: readonly RunningProgram[]) => processes.filter(({ pid }) => isAlive(pid));

  it('the topmost gets SIGTERM, and the wait is for all of them', async () => {
    const told = "process.on('SIGTERM', () => setTimeout(() => process.exit(), 300))";
    const main = await start(told);
    // A helper that ends by itself a little later, and would say so if it were told to.
    const helper = await start("process.on('SIGTERM', () => {}); setTimeout(() => process.exit(), 700)");
    const all = [processAt('app', helper, main), processAt('app', main)];
    await quitHost('An app', { platform: 'linux', timeoutMs: 25_000, processes: () => here(all) });
    expect([main, helper].map(isAlive)).toEqual([false, false]);
    // Their parent, which this is, hears of it a moment after.
    const ends = () => started.map(({ exitCode, signalCode }) => [exitCode, signalCode]);
    await expect.poll(ends).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('one that ignores SIGTERM lives on', async () => {
    const pid = await start("process.on('SIGTERM', () => {})");
    const all = [processAt('app', pid)];
    await expect(
      quitHost('An app', { platform: 'linux', timeoutMs: 400, processes: () => here(all) }),
    ).rejects.toMatchObject({ code: 'host-still-running', wayOut: 'Quit An app yourself and start it again.' });
    expect(isAlive(pid)).toBe(true);
  });

  it('one that has ended by itself is no error', async () => {
    await quitHost('An app', { platform: 'linux', timeoutMs: 400, processes: async () => [] });
    await quitHost('An app', { platform: 'linux', timeoutMs: 400, processes: thenGone([processAt('app', NOBODY)]) });
  });
});
