import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSingleExecutable, bundleRekey } from '../../build/single-executable.ts';
import manifest from '../../package.json' with { type: 'json' };
import { INITIALIZE, Program } from '../bridge/program.ts';
import { type App, startApp, temporaryHome } from '../mcp/app.ts';

const WINDOWS_ENDING = process.platform === 'win32' ? '.exe' : '';
/** A PATH on which there is no Node. */
const NO_NODE = '/nonexistent';

let installed: string;
let rekey: string;
beforeAll(async () => {
  // As an installer lays it out.
  installed = await mkdtemp(join(tmpdir(), 'rekey-'));
  rekey = join(installed, 'resources/bin', `rekey${WINDOWS_ENDING}`);
  await buildSingleExecutable(rekey);
  // It copies and searches more than 100 MB.
}, 120_000);
afterAll(() => rm(installed, { recursive: true, force: true }));

describe('the single executable', () => {
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(rekey, args, { encoding: 'utf8', env: { PATH: NO_NODE, ...env } });

  it('is a rekey that needs no Node beside it', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
    const help = run(['--help']);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: rekey COMMAND\n/);
  });

  it('tells wrong use by its exit code', () => {
    expect(run(['nonsense'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('can be started through a link, as the one on the path is', async () => {
    const link = join(installed, 'link-to-rekey');
    await symlink(rekey, link);
    expect(spawnSync(link, ['--version'], { encoding: 'utf8' }).stdout).toBe(`${manifest.version}\n`);
  });

  it('runs no code that NODE_OPTIONS names', async () => {
    const foreign = join(installed, 'foreign.cjs');
    await writeFile(foreign, 'console.log("foreign code")');
    const NODE_OPTIONS = `--require ${foreign}`;
    expect(spawnSync(process.execPath, ['-p', '1'], { encoding: 'utf8', env: { NODE_OPTIONS } }).stdout).toContain(
      'foreign code',
    );
    expect(run(['--version'], { NODE_OPTIONS }).stdout).toBe(`${manifest.version}\n`);
  });
});

describe('rekey mcp as a single executable', () => {
  let app: App;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  it('puts nothing but protocol on stdout, and nothing on stderr', async () => {
    const program = new Program({ program: rekey }, app.home, ['mcp'], { node: null });
    program.send(INITIALIZE);
    await program.says('"serverInfo"');
    program.child.stdin.end();
    const { code, stdout, stderr } = await program.ended;
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        jsonrpc: '2.0',
        id: 1,
        result: expect.objectContaining({ protocolVersion: '2025-06-18' }),
      }),
    ]);
  });

  it('carries the other commands too', async () => {
    const list = await new Program({ program: rekey }, app.home, ['list', '--json'], { node: null }).ended;
    expect(JSON.parse(list.stdout)).toMatchObject([{ name: 'work' }]);
  });
});

describe('the single executable when no app runs', () => {
  let home: string;
  beforeEach(async () => {
    home = await temporaryHome();
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it.skipIf(process.platform !== 'linux')('starts the app that it stands in', async () => {
    const app = join(installed, 'rekey-app');
    // What is run in the place of the app: the real socket and MCP server, without Electron.
    const listening = join(import.meta.dirname, '../mcp/listening-app.ts');
    await writeFile(app, `#!/bin/sh\nexec '${process.execPath}' '${listening}' "$@"\n`, { mode: 0o755 });
    const list = await new Program({ program: rekey }, home, ['list', '--json'], { node: null, env: { DISPLAY: ':0' } })
      .ended;
    const [{ name }] = JSON.parse(list.stdout);
    const pid = Number(name.replace('pid ', ''));
    process.kill(pid, 'SIGTERM');
    await expect.poll(() => isAlive(pid)).toBe(false);
    await rm(app);
    expect(list.code).toBe(0);
  });

  it('says where it looked for the app, with nothing on stdout', async () => {
    const { code, stdout, stderr } = await new Program({ program: rekey }, home, ['mcp'], { node: null }).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`The Rekey app is not at ${installed}`);
  });
});

describe('the bundle of the single executable', () => {
  let folder: string;
  let app: App;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    app = await startApp();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Each module of npm and each schema says on stderr that it is run. */
  const telling: Plugin = {
    name: 'tell-what-runs',
    transform: (code, id) =>
      /node_modules|\.schema\.ts|command-line/.test(id) ? `process.stderr.write("runs ${id}\\n");\n${code}` : null,
  };

  it('runs nothing of npm, and no schema, for `rekey mcp`', async () => {
    const bundle = join(folder, 'telling/rekey.cjs');
    await mkdir(dirname(bundle));
    await bundleRekey(bundle, [telling]);
    const other = await new Program({ program: bundle }, app.home, ['--version']).ended;
    expect(other.stderr).toContain('command-line');
    expect(other.stderr).toContain('node_modules/zod');

    const mcp = new Program({ program: bundle }, app.home, ['mcp']);
    mcp.send(INITIALIZE);
    await mcp.says('"serverInfo"');
    mcp.child.stdin.end();
    expect(await mcp.ended).toMatchObject({ code: 0, stderr: '' });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
