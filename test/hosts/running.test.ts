import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import type { Host } from '../../main/hosts/host.ts';
import { programOf, programsFromWindows, runningPrograms } from '../../main/hosts/programs.ts';
import { hostProcesses, isProgramOf, runningHosts } from '../../main/hosts/running.ts';
import { type Platform, platformOf } from '../../main/machine.ts';
import { temporaryFolder } from './machines.ts';

/** Ids of the hosts that a program is taken for. */
function takenFor(platform: Platform, executable: string, commandLine = executable): string[] {
  const program = programOf(executable, commandLine);
  return catalogue.filter((host) => isProgramOf(host, program, platform)).map(({ id }) => id);
}

const cc = '/usr/lib/node_modules/@anthropic-ai/claude-code';

describe('a running program is taken for', () => {
  it.each<[string, Platform, string, string?]>([
    ['claude-desktop', 'darwin', '/Applications/Claude.app/Contents/MacOS/Claude'],
    ['claude-desktop', 'darwin', '/Users/ann/Applications/Claude.app/Contents/MacOS/Claude'],
    [
      'claude-desktop',
      'win32',
      'C:\\Program Files\\WindowsApps\\Claude_1.37937.3.0_x64__pzs8sxrjxfjjc\\app\\Claude.exe',
    ],
    ['claude-desktop', 'win32', 'C:\\Users\\ann\\AppData\\Local\\AnthropicClaude\\app-0.8.1\\claude.exe'],
    ['claude-desktop', 'linux', '/usr/lib/claude-desktop/claude-desktop'],
    ['claude-desktop', 'linux', '/usr/lib/claude-desktop/node_modules/electron/dist/electron'],
    ['claude-code', 'darwin', '/Users/ann/.local/share/claude/versions/2.1.329', 'claude'],
    ['claude-code', 'darwin', 'claude', 'claude --resume'],
    ['claude-code', 'linux', '/home/ann/.local/share/claude/versions/2.1.329', 'claude'],
    ['claude-code', 'linux', `${cc}-linux-x64/claude`],
    ['claude-code', 'linux', `${cc}/bin/claude.exe`],
    ['claude-code', 'linux', '/usr/bin/node', `node ${cc}/cli.js`],
    ['claude-code', 'linux', '/usr/bin/node', 'claude'],
    ['claude-code', 'linux', '/home/ann/.config/Claude/claude-code/2.1.260/claude'],
    ['claude-code', 'win32', 'C:\\Users\\ann\\.local\\bin\\claude.exe'],
    ['claude-code', 'win32', 'C:\\Users\\ann\\AppData\\Roaming\\Claude\\claude-code\\2.1.260\\claude.exe'],
    [
      'claude-code',
      'win32',
      'C:\\Program Files\\nodejs\\node.exe',
      '"C:\\Program Files\\nodejs\\node.exe" "C:\\Users\\ann a\\npm\\node_modules\\@anthropic-ai\\claude-code\\cli.js"',
    ],
    ['cursor', 'darwin', '/Applications/Cursor.app/Contents/MacOS/Cursor'],
    ['cursor', 'win32', 'C:\\Users\\ann\\AppData\\Local\\Programs\\cursor\\Cursor.exe'],
    ['cursor', 'linux', '/tmp/.mount_CursorAbc/usr/share/cursor/cursor'],
    ['vscode', 'darwin', '/Applications/Visual Studio Code.app/Contents/MacOS/Electron'],
    ['vscode', 'win32', 'C:\\Program Files\\Microsoft VS Code\\Code.exe'],
    ['vscode', 'linux', '/usr/share/code/code'],
    ['vscode', 'linux', '/home/ann/.vscode-server/cli/servers/Stable-0a1b2c/server/node'],
    ['devin-desktop', 'darwin', '/Applications/Devin.app/Contents/MacOS/Electron'],
    ['devin-desktop', 'darwin', '/Applications/Windsurf.app/Contents/MacOS/Electron'],
    ['devin-desktop', 'win32', 'C:\\Users\\ann\\AppData\\Local\\Programs\\Windsurf\\Windsurf.exe'],
    ['devin-desktop', 'linux', '/usr/share/windsurf/windsurf'],
    ['gemini-cli', 'linux', '/usr/bin/node', 'node --max-old-space-size=8192 /usr/local/bin/gemini'],
    [
      'gemini-cli',
      'darwin',
      '/opt/homebrew/bin/node',
      'node /opt/homebrew/lib/node_modules/@google/gemini-cli/bundle/gemini.js -p hello',
    ],
    [
      'gemini-cli',
      'win32',
      'C:\\nodejs\\node.exe',
      'node.exe C:\\npm\\node_modules\\@google\\gemini-cli\\bundle\\gemini.js',
    ],
  ])('%s on %s: %s %s', (id, platform, executable, commandLine) => {
    expect(takenFor(platform, executable, commandLine)).toEqual([id]);
  });
});

describe('a running program is taken for no host when', () => {
  it.each<[string, Platform, string, string?]>([
    ['the name of one only stands in its arguments', 'linux', '/usr/bin/vim', 'vim /home/ann/bin/claude'],
    ['a shell looks for one', 'linux', '/usr/bin/grep', 'grep -r cursor /usr/share/code/code'],
    ['its script only mentions one in an argument', 'linux', '/usr/bin/node', 'node server.js /usr/local/bin/gemini'],
    ['its name only begins like one', 'linux', '/usr/bin/cursor-agent'],
    ['its name only ends like one', 'linux', '/opt/my-cursor'],
    ['it is in a folder named like one', 'linux', '/home/ann/code/server'],
    ['another app has a program of that name', 'darwin', '/Applications/NotClaude.app/Contents/MacOS/Claude'],
    ['another case makes it another name', 'linux', '/usr/share/Cursor/Cursor'],
    ['it is a claude.exe that nobody knows', 'win32', 'D:\\games\\claude.exe'],
    ['it has no path at all', 'win32', 'Claude.exe'],
    ['it is a runtime without a script', 'linux', '/usr/bin/node', 'node'],
    ['it is nothing', 'linux', ''],
  ])('%s', (_, platform, executable, commandLine) => {
    expect(takenFor(platform, executable, commandLine)).toEqual([]);
  });
});

describe("Windows' list of processes", () => {
  it('is read with quotes and spaces, without the processes that hide their path', () => {
    const ids = { ProcessId: 71, ParentProcessId: 7, StartedAt: '2026-01-02T03:04:05Z' };
    const answer = JSON.stringify([
      { ...ids, ExecutablePath: null, CommandLine: null, StartedAt: null },
      { ...ids, ExecutablePath: 'C:\\Windows\\explorer.exe', CommandLine: 'C:\\Windows\\explorer.exe' },
      {
        ...ids,
        ExecutablePath: 'C:\\Program Files\\nodejs\\node.exe',
        CommandLine: '"C:\\Program Files\\nodejs\\node.exe"  "C:\\a b\\cli.js" --x',
      },
      { ...ids, ExecutablePath: 'C:\\nodejs\\node.exe', CommandLine: null, StartedAt: null },
    ]);
    const process = { pid: 71, parentPid: 7, startedAt: '2026-01-02T03:04:05Z' };
    expect(programsFromWindows(`${answer}\r\n`)).toEqual([
      { ...process, executable: 'C:\\Windows\\explorer.exe', script: null },
      { ...process, executable: 'C:\\Program Files\\nodejs\\node.exe', script: 'C:\\a b\\cli.js' },
      { ...process, executable: 'C:\\nodejs\\node.exe', script: null, startedAt: null },
    ]);
  });

  it.each(['', 'Get-CimInstance: Access denied', '{"ExecutablePath":1}'])(
    'is refused when it is no such list: %j',
    (answer) => {
      expect(() => programsFromWindows(answer)).toThrow();
    },
  );
});

describe.skipIf(process.platform === 'win32')('real processes', () => {
  const started: ChildProcess[] = [];

  async function start(command: string, args: readonly string[]): Promise<ChildProcess> {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(child);
    // The program says a word when it runs: only then is its name its own.
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    return child;
  }

  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode === null && child.kill()) await once(child, 'exit');
    }
  });

  /** Hosts by the end of a path that only this test has. */
  function hostsBy(ends: Readonly<Record<string, string>>): Host[] {
    const platform = platformOf(process.platform);
    return Object.entries(ends).map(([id, end]) => ({
      ...(catalogue[0] as Host),
      id,
      programs: { [platform]: [end] },
    }));
  }

  it('are told apart by the name of the executable, and gone when they end', async () => {
    const folder = await temporaryFolder();
    const name = `rekey-test-${process.pid}`;
    const binary = join(folder, 'one app', name);
    await mkdir(dirname(binary));
    await copyFile('/bin/cat', binary);
    await chmod(binary, 0o755);
    const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(child);
    child.stdin.write('here\n');
    await once(child.stdout, 'data');

    const hosts = hostsBy({
      named: name,
      placed: `one app/${name}`,
      elsewhere: `other app/${name}`,
      part: name.slice(0, -1),
      longer: `${name}x`,
    });
    expect(await runningHosts(hosts)).toEqual(
      new Map([
        ['named', true],
        ['placed', true],
        ['elsewhere', false],
        ['part', false],
        ['longer', false],
      ]),
    );

    child.stdin.end();
    await once(child, 'exit');
    expect((await runningHosts(hosts))?.get('named')).toBe(false);
  });

  it('are told apart by the script that node runs, and not by its arguments', async () => {
    const folder = await temporaryFolder();
    const script = join(folder, `tool-${process.pid}`);
    await writeFile(join(folder, 'tool.js'), "process.stdout.write('here'); process.stdin.resume();");
    await symlink('tool.js', script);
    await start(process.execPath, ['--no-warnings', script, `/usr/bin/argument-${process.pid}`]);
    const hosts = hostsBy({ script: `tool-${process.pid}`, argument: `argument-${process.pid}` });
    expect(await runningHosts(hosts)).toEqual(
      new Map([
        ['script', true],
        ['argument', false],
      ]),
    );
  });

  it('are known by the name that a script gave its process', async () => {
    const title = `titled-${process.pid}`;
    await start(process.execPath, [
      '-e',
      `process.title = ${JSON.stringify(title)}; process.stdout.write('here'); process.stdin.resume();`,
    ]);
    expect(await runningHosts(hostsBy({ titled: title }))).toEqual(new Map([['titled', true]]));
  });

  it('are listed, this one among them', async () => {
    const programs = await runningPrograms();
    expect(programs.some(({ executable }) => executable === process.execPath || executable.endsWith('node'))).toBe(
      true,
    );
  });

  it('come with their id, their parent and their start', async () => {
    const name = `tool-${process.pid}`;
    const folder = await temporaryFolder();
    const script = join(folder, name);
    await writeFile(script, "process.stdout.write('here'); process.stdin.resume();");
    const before = Date.now();
    const child = await start(process.execPath, [script]);
    const [found, ...more] = (await hostProcesses(hostsBy({ tool: name })))?.get('tool') ?? [];
    expect(found).toMatchObject({ pid: child.pid, parentPid: process.pid });
    expect(more).toEqual([]);
    // ps tells the second, and may be one off.
    expect(Math.abs(Date.parse(found?.startedAt ?? '') - before)).toBeLessThan(5_000);
  });

  it('are unknown, not absent, where the system lists none', async () => {
    const path = process.env.PATH;
    process.env.PATH = await temporaryFolder();
    try {
      expect(await runningHosts(catalogue)).toBeNull();
    } finally {
      process.env.PATH = path;
    }
  });
});
