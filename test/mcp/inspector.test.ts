import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';
import { installOnDemand } from '../sandbox/on-demand.ts';
import { openSandbox, type Sandbox } from '../sandbox/sandbox.ts';

/**
 * The MCP inspector, on its command line, over the real bridge and the whole core.
 *
 * The conformance package (0.1.16) is not run: it tests servers over HTTP only, and of its scenarios for servers all but
 * three ask for tools, prompts and resources of its own. The three (initialize, ping, tools/list) are what its client,
 * the SDK's, does in every other test of this folder; through an adapter they would test the adapter.
 */
const installed = await installOnDemand('@modelcontextprotocol/inspector', '2.12.0');
if ('missing' in installed) console.log(`Left out, the checks of the MCP inspector: ${installed.missing}.`);
const program = 'folder' in installed ? join(installed.folder, 'node_modules', '.bin', 'inspector') : '';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe.skipIf('missing' in installed)('the MCP inspector', () => {
  let bridge: BuiltBridge;
  let sandbox: Sandbox;
  let service: FakeBitscale;
  let home: string;

  beforeAll(async () => {
    [bridge, sandbox, service] = await Promise.all([buildBridge(), openSandbox(), startBitscale()]);
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
    const credential = { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url, settings: {} };
    await sandbox.call('addCredential', credential);
  });
  afterAll(async () => {
    await Promise.all([bridge.remove(), sandbox.dispose(), service.stop()]);
    await rm(home, { recursive: true, force: true });
  });

  /** Runs the inspector with the bridge as the server that it starts. */
  function inspect(...args: string[]): Promise<Ended> {
    const server = [process.execPath, bridge.program, 'mcp', '-e', `REKEY_HOME=${sandbox.rekey.dataFolder}`];
    const env = { PATH: process.env.PATH, HOME: home };
    return new Promise((resolve) => {
      execFile(process.execPath, [program, '--cli', ...server, ...args], { env }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      });
    });
  }

  function callTool(name: string, ...args: string[]): Promise<Ended> {
    const pairs = args.length > 0 ? ['--tool-arg', ...args] : [];
    return inspect('--method', 'tools/call', '--tool-name', name, ...pairs);
  }

  it('is greeted by the server', async () => {
    const { code, stdout } = await inspect('--method', 'initialize');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ serverInfo: { name: 'rekey' }, capabilities: { tools: {} } });
  });

  it('finds no error in the schemas of the tools, and nothing to warn of in what an agent sends', async () => {
    const { code, stdout, stderr } = await inspect('--method', 'tools/list', '--strict');
    expect(code, stderr).toBe(0);
    const { tools } = JSON.parse(stdout) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'get_rotation',
      'list_credentials',
      'list_hosts',
      'plan_rotation',
      'rotate_api_key',
      'verify_credential',
    ]);
    expect(stderr).not.toContain('inputSchema');
  });

  it('reads the answer of a tool', async () => {
    const { code, stdout } = await callTool('list_credentials');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).structuredContent.data).toMatchObject({ ok: true, credentials: [{ name: 'work' }] });
  });

  it('sees an error as one, when a rotation is not confirmed by the agent in so many words', async () => {
    const { code, stdout, stderr } = await callTool('rotate_api_key', 'credential=work', 'confirm=yes');
    expect(code).not.toBe(0);
    expect(stderr).toContain('tool_is_error');
    expect(JSON.parse(stdout).structuredContent.data).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
    expect(service.rotationRequests).toBe(0);
  });

  it('gets a key rotated once a person has approved, and never sees it', async () => {
    const old = service.key;
    const stop = sandbox.rekey.core.on((event) => {
      if (event.name !== 'approval' || event.payload.state !== 'waiting') return;
      stop();
      void sandbox.approve(event.payload);
    });
    const { code, stdout, stderr } = await callTool('rotate_api_key', 'credential=work', 'confirm=rotate-now');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).structuredContent.data).toMatchObject({ ok: true });
    expect(service.key).not.toBe(old);
    for (const key of [old, service.key]) expect(stdout + stderr).not.toContain(key);
  });
});
