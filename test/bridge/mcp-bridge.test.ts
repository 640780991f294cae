import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Agent } from '../mcp/agent.ts';
import { type App, socketIn, startApp, temporaryHome } from '../mcp/app.ts';
import { type BuiltBridge, buildBridge } from './built-bridge.ts';
import { INITIALIZE, Program } from './program.ts';

let bridge: BuiltBridge;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());

describe('the bundle', () => {
  it('holds nothing of npm, and no schema, in what `rekey mcp` loads', () => {
    const chunks = bridge.output.output.filter((item) => item.type === 'chunk');
    const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
    const loaded = new Set<string>();
    const load = (fileName: string): void => {
      if (loaded.has(fileName)) return;
      loaded.add(fileName);
      for (const other of byFile.get(fileName)?.imports ?? []) load(other);
    };
    load('rekey.mjs');
    const own = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/bridge/mcp.ts')));
    load(own?.fileName ?? '');
    const modules = [...loaded].flatMap((fileName) => byFile.get(fileName)?.moduleIds ?? []);
    expect(modules.some((id) => id.endsWith('/bridge/connect.ts'))).toBe(true);
    expect(modules.filter((id) => /node_modules|\.schema\.ts|command-line/.test(id))).toEqual([]);
  });

  it('begins with a line that lets it be run as a program', async () => {
    expect(await readFile(bridge.program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});

describe('rekey mcp', () => {
  let app: App;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  it('puts nothing but protocol on stdout, and nothing on stderr', async () => {
    const program = new Program(bridge, app.home, ['mcp']);
    program.send(INITIALIZE);
    await program.says('"id":1');
    program.child.stdin.end();
    const { code, stdout, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).jsonrpc),
    ).toEqual(['2.0']);
    expect(stderr).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends cleanly by %s', async (signal) => {
    const program = new Program(bridge, app.home, ['mcp']);
    program.send(INITIALIZE);
    await program.says('"id":1');
    program.child.kill(signal);
    expect((await program.ended).code).toBe(0);
  });

  it('ends when the host closes its stdout', async () => {
    const program = new Program(bridge, app.home, ['mcp']);
    program.send(INITIALIZE);
    await program.says('"id":1');
    program.child.stdout.destroy();
    program.send({ jsonrpc: '2.0', id: 2, method: 'ping' });
    expect((await program.ended).code).toBe(0);
  });

  it('carries large messages both ways while neither end reads fast', async () => {
    const program = new Program(bridge, app.home, ['mcp']);
    program.send(INITIALIZE);
    await program.says('"id":1');
    program.child.stdout.pause();
    const long = 'x'.repeat(900_000);
    for (let id = 2; id < 8; id += 1) {
      program.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: long, arguments: {} } });
      program.send({ jsonrpc: '2.0', id: id + 100, method: 'tools/list' });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    program.child.stdout.resume();
    for (let id = 2; id < 8; id += 1) {
      await program.says(new RegExp(`"id":${id}[,}]`));
      await program.says(new RegExp(`"id":${id + 100}[,}]`));
    }
    program.child.stdin.end();
    expect((await program.ended).code).toBe(0);
  });

  it('ends with one clear line when the app dies, also in the middle of a call', async () => {
    const program = new Program(bridge, app.home, ['mcp']);
    program.send(INITIALIZE);
    await program.says('"id":1');
    program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const params = { name: 'rotate_api_key', arguments: { confirm: 'rotate-now' } };
    program.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params });
    await app.core.waiting();
    await app.server.close();
    const { code, stderr } = await program.ended;
    expect(code).toBe(1);
    expect(stderr).toBe('rekey mcp: The Rekey app has ended the connection. Start this server again.\n');
  });

  it('is ended by a message that is no JSON or too long, and the host is told why in JSON-RPC', async () => {
    for (const bad of ['this is no json\n', '{"jsonrpc":"1.0"}\n', `${'x'.repeat(1_000_001)}\n`]) {
      const program = new Program(bridge, app.home, ['mcp']);
      program.send(INITIALIZE);
      await program.says('"id":1');
      program.child.stdin.write(bad);
      const { code, stdout } = await program.ended;
      expect(code).toBe(1);
      expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({ jsonrpc: '2.0', id: null, error: {} });
    }
    const agent = await Agent.connect(bridge, app.home);
    expect((await agent.call('list_credentials')).envelope.data).toMatchObject({ ok: true });
    await agent.close();
  });

  it('does not connect in a folder that others can open', async () => {
    await chmod(dirname(app.path), 0o777);
    const { code, stdout, stderr } = await new Program(bridge, app.home, ['mcp']).ended;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('other users can open it');
  });

  it('says so when the app is full', async () => {
    await app.server.close();
    const server = createServer((socket) => {
      socket.end(
        `${JSON.stringify({ failure: { code: 'too-many-connections', message: 'It is full.', wayOut: 'Wait.' } })}\n`,
      );
    }).listen(app.path);
    await once(server, 'listening');
    const { code, stdout, stderr } = await new Program(bridge, app.home, ['mcp']).ended;
    expect([code, stdout, stderr]).toEqual([1, '', 'rekey mcp: It is full. Wait.\n']);
    server.close();
  });

  it('says so when something else answers there', async () => {
    await app.server.close();
    const server = createServer((socket) => socket.end('220 mail.example.com ESMTP\n')).listen(app.path);
    await once(server, 'listening');
    const { code, stdout, stderr } = await new Program(bridge, app.home, ['mcp']).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('did not answer as it should');
    server.close();
  });

  const node20 = findNode('20');
  it.skipIf(!node20)(`runs on Node 20${node20 ? '' : ' (none found)'}`, async () => {
    const program = new Program(bridge, app.home, ['mcp'], { node: node20 ?? '' });
    program.send(INITIALIZE);
    await program.says('"serverInfo"');
    program.child.stdin.end();
    expect((await program.ended).code).toBe(0);
    const list = await new Program(bridge, app.home, ['list', '--json'], { node: node20 ?? '' }).ended;
    expect(JSON.parse(list.stdout)).toMatchObject([{ name: 'work' }]);
  });
});

describe('when no app runs', () => {
  let home: string;
  /** What is run in the place of the browser shell. */
  const appIs = async (source: string): Promise<void> => {
    await mkdir(join(bridge.root, 'dist'), { recursive: true });
    await writeFile(join(bridge.root, 'dist/browser.mjs'), source);
  };
  const listeningApp = `import ${JSON.stringify(join(import.meta.dirname, '../mcp/listening-app.ts'))};`;
  let appPid: number | null = null;

  beforeEach(async () => {
    home = await temporaryHome();
    appPid = null;
  });
  afterEach(async () => {
    if (appPid !== null) process.kill(appPid, 'SIGTERM');
    await rm(home, { recursive: true, force: true });
  });
  const notePid = (names: readonly string[]): void => {
    appPid = Number(names[0]?.replace('pid ', ''));
  };

  it('starts it, tells it by whom, keeps what the host says meanwhile, and leaves it running', async () => {
    await appIs(`await new Promise((resolve) => setTimeout(resolve, 300)); ${listeningApp}`);
    const agent = await Agent.connect(bridge, home);
    const { credentials } = (await agent.call('list_credentials')).envelope.data as { credentials: { name: string }[] };
    const names = credentials.map(({ name }) => name);
    notePid(names);
    expect(names[1]).toBe('bridge');
    await agent.close();
    const again = await new Program(bridge, home, ['list', '--json']).ended;
    expect(JSON.parse(again.stdout)[0].name).toBe(names[0]);
  });

  it('starts one app for several hosts at once', async () => {
    await appIs(listeningApp);
    const agents = await Promise.all([1, 2, 3].map(() => Agent.connect(bridge, home)));
    const names = await Promise.all(
      agents.map(async (agent) => {
        const { credentials } = (await agent.call('list_credentials')).envelope.data as {
          credentials: { name: string }[];
        };
        return credentials[0]?.name ?? '';
      }),
    );
    notePid(names);
    expect(new Set(names).size).toBe(1);
    await Promise.all(agents.map((agent) => agent.close()));
  });

  it('says so soon when the app ends with a failure', async () => {
    await appIs('process.exit(7)');
    const { code, stdout, stderr } = await new Program(bridge, home, ['mcp']).ended;
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('could not be started (it ended with 7)');
    const list = await new Program(bridge, home, ['list', '--json']).ended;
    expect(list.code).toBe(1);
    expect(JSON.parse(list.stdout)).toMatchObject({ error: { code: 'app-not-started' } });
  });

  it('is no orphan when the host gives up meanwhile', async () => {
    await appIs('setTimeout(() => process.exit(0), 1_500)');
    const program = new Program(bridge, home, ['mcp']);
    program.send(INITIALIZE);
    await new Promise((resolve) => setTimeout(resolve, 300));
    program.child.stdin.end();
    expect((await program.ended).code).toBe(0);
  });

  it('finds the app at a socket whose path had to be shortened', async () => {
    const long = join(home, 'x'.repeat(120));
    await mkdir(long);
    await appIs(listeningApp);
    const list = await new Program(bridge, home, ['list', '--json'], { env: { REKEY_HOME: long } }).ended;
    notePid([JSON.parse(list.stdout)[0].name]);
    expect(socketIn(long)).toMatch(/^\/tmp\/rekey-/);
    await rm(dirname(socketIn(long)), { recursive: true });
  });
});

/** A Node of this major version among the programs of this machine. */
function findNode(major: string): string | null {
  for (const path of ['/usr/bin/node', '/usr/local/bin/node']) {
    try {
      if (execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith(`v${major}.`)) return path;
    } catch {
      // Not there: the next one.
    }
  }
  return null;
}
