import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSocketServer } from '../../main/mcp/socket-server.ts';
import { type BuiltBridge, buildBridge } from '../bridge/built-bridge.ts';
import { Program } from '../bridge/program.ts';
import { isRoot } from '../configs/nobody.ts';
import { socketIn } from '../mcp/app.ts';
import { RawConnection } from '../mcp/raw-connection.ts';
import { ScriptedCore } from '../mcp/scripted-core.ts';
import { newKey } from './hostile-bitscale.ts';
import { startLiving } from './living.ts';

const NOBODY = 65_534;
/** Gives up root's rights before it does anything. */
const AS_NOBODY = `process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY});`;

let bridge: BuiltBridge;
let home: string;
beforeAll(async () => {
  bridge = await buildBridge();
});
afterAll(() => bridge.remove());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Another user's server at this path: it writes down what it is told. */
async function listen(path: string, heard: string): Promise<{ end(): Promise<void> }> {
  const code = `${AS_NOBODY}
    require('node:net').createServer((socket) => socket.on('data', (bytes) => require('node:fs').appendFileSync(${JSON.stringify(heard)}, bytes)))
      .listen(${JSON.stringify(path)}, () => console.log('listens'));`;
  const child = spawn(process.execPath, ['-e', code], { cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return {
    async end() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe.skipIf(!isRoot)('another user', () => {
  it('can’t connect to the app’s socket, even where they can see the home', async () => {
    const living = await startLiving();
    for (const folder of [living.sandbox.home, living.sandbox.rekey.dataFolder]) await chmod(folder, 0o755);
    const code = `${AS_NOBODY}
      require('node:net').connect(${JSON.stringify(living.path)})
        .on('connect', () => { console.log('connected'); process.exit(); })
        .on('error', (error) => console.log(error.code));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { cwd: '/' });
    expect(stdout.trim()).toBe('EACCES');
    await living.unharmed(stdout);
    await living.close();
  });

  it.each([
    [
      'in a folder of theirs',
      (folder: string) => rm(folder, { recursive: true, force: true }).then(() => mkdir(folder)),
    ],
    [
      'behind a link to a folder of theirs',
      async (folder: string) => {
        await mkdir(`${folder}-theirs`);
        await symlink(`${folder}-theirs`, folder);
      },
    ],
  ])('who listens %s where the app would is told no key, and is named as the reason', async (_, prepare) => {
    const path = socketIn(home);
    const heard = join(home, 'heard');
    await chmod(home, 0o755);
    await prepare(dirname(path));
    await chown(dirname(path), NOBODY, NOBODY);
    await writeFile(heard, '');
    await chown(heard, NOBODY, NOBODY);
    const server = await listen(path, heard);
    const key = newKey();
    const add = new Program(bridge, home, ['add', 'work', '--provider', 'bitscale']);
    add.child.stdin.end(key);
    const { code, stderr } = await add.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('does not use');
    expect(stderr).toContain('Nothing was changed');
    expect(stderr).not.toContain(key);
    expect(await readFile(heard, 'utf8')).toBe('');
    await server.end();
  });

  it('who made the folder first keeps the app from listening there, and finds nothing in it', async () => {
    const path = socketIn(home);
    await mkdir(dirname(path));
    await chown(dirname(path), NOBODY, NOBODY);
    await expect(startSocketServer({ path, backend: new ScriptedCore() })).rejects.toMatchObject({
      code: 'socket-folder-unsafe',
      message: expect.stringContaining('it belongs to another user'),
    });
    expect(await readdir(dirname(path))).toEqual([]);
  });
});

describe('a link in the place of', () => {
  it('the socket is replaced, and what it leads to is left alone', async () => {
    const path = socketIn(home);
    const precious = join(home, 'precious');
    await writeFile(precious, 'precious');
    await mkdir(dirname(path), { mode: 0o700 });
    await symlink(precious, path);
    const server = await startSocketServer({ path, backend: new ScriptedCore() });
    expect((await lstat(path)).isSocket()).toBe(true);
    expect(await readFile(precious, 'utf8')).toBe('precious');
    (await RawConnection.greeted(path)).close();
    await server.close();
  });

  it('the socket’s folder keeps the app from listening, and nothing is put where it leads', async () => {
    const path = socketIn(home);
    const elsewhere = join(home, 'elsewhere');
    await mkdir(elsewhere, { mode: 0o700 });
    await symlink(elsewhere, dirname(path));
    await expect(startSocketServer({ path, backend: new ScriptedCore() })).rejects.toMatchObject({
      code: 'socket-folder-unsafe',
    });
    expect(await readdir(elsewhere)).toEqual([]);
  });
});
