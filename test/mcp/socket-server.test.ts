import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSocketServer } from '../../main/mcp/socket-server.ts';
import { type App, socketIn, startApp, temporaryHome } from './app.ts';
import { HELLO, RawConnection } from './raw-connection.ts';
import { ScriptedCore } from './scripted-core.ts';

/** Leaves a socket file behind that nobody listens on, as a killed app does. */
async function leaveStaleSocket(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', script]), 'exit');
}

describe('listening', () => {
  it('takes the place of an app that died', async () => {
    const home = await temporaryHome();
    const path = socketIn(home);
    await leaveStaleSocket(path);
    expect((await stat(path)).isSocket()).toBe(true);
    const server = await startSocketServer({ path, backend: new ScriptedCore() });
    const connection = await RawConnection.open(path);
    connection.send(HELLO);
    expect(await connection.next()).toEqual({ rekey: 1, version: '9.9.9' });
    await server.close();
    await rm(home, { recursive: true });
  });

  it('leaves a live app alone and says that it runs', async () => {
    const app = await startApp();
    await expect(startSocketServer({ path: app.path, backend: app.core })).rejects.toMatchObject({
      code: 'already-running',
    });
    expect(await RawConnection.greeted(app.path)).toBeTruthy();
    await app.close();
  });

  it('lets exactly one of several starts at once through, also over a stale socket', async () => {
    const home = await temporaryHome();
    const path = socketIn(home);
    await leaveStaleSocket(path);
    const starts = await Promise.allSettled(
      [1, 2, 3, 4].map(() => startSocketServer({ path, backend: new ScriptedCore() })),
    );
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(started).toHaveLength(1);
    expect((await RawConnection.greeted(path)).socket.destroyed).toBe(false);
    for (const server of started) await server.close();
    await rm(home, { recursive: true });
  });

  it('makes its folder for this user alone, and refuses one that others can open', async () => {
    const app = await startApp();
    expect((await stat(dirname(app.path))).mode & 0o777).toBe(0o700);
    expect((await stat(app.path)).mode & 0o777).toBe(0o600);
    await app.server.close();
    await chmod(dirname(app.path), 0o755);
    await expect(startSocketServer({ path: app.path, backend: app.core })).rejects.toMatchObject({
      code: 'socket-folder-unsafe',
    });
    await app.close();
  });

  it('ends every connection and removes its socket when it closes', async () => {
    const app = await startApp();
    const connections = await Promise.all([1, 2, 3].map(() => RawConnection.greeted(app.path)));
    await app.server.close();
    for (const connection of connections) await connection.ended();
    await expect(stat(app.path)).rejects.toMatchObject({ code: 'ENOENT' });
    await app.close();
  });
});

describe('a connection', () => {
  let app: App;
  beforeEach(async () => {
    app = await startApp({}, { helloLimitMs: 300 });
  });
  afterEach(() => app.close());

  /** Whatever one connection did, the app goes on. */
  const stillServes = async (): Promise<void> => {
    const connection = await RawConnection.greeted(app.path);
    connection.send({ id: 1, call: 'listCredentials', input: {} });
    expect(await connection.next()).toMatchObject({ id: 1, result: [{ name: 'work' }] });
    connection.close();
  };

  it.each([
    ['is no JSON', 'GET / HTTP/1.1\r\n\r\n', 'frame-not-json'],
    ['is binary', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]), 'frame-not-json'],
    ['is no hello', '{"id":1,"call":"listCredentials","input":{}}\n', 'hello-bad'],
    ['is of another version', `${JSON.stringify({ ...HELLO, rekey: 2 })}\n`, 'hello-bad'],
    ['has fields that nobody agreed on', `${JSON.stringify({ ...HELLO, carrier: 'page' })}\n`, 'hello-bad'],
    ['is longer than 1 MB', `"${'x'.repeat(1_000_001)}`, 'frame-too-large'],
  ])('whose first frame %s is told why and ended', async (_, bytes, code) => {
    const connection = await RawConnection.open(app.path);
    connection.socket.write(bytes);
    expect(await connection.next()).toMatchObject({ failure: { code } });
    await connection.ended();
    await stillServes();
    expect(app.core.calls.filter(({ name }) => name !== 'listCredentials')).toEqual([]);
  });

  it('that says nothing is ended', async () => {
    const connection = await RawConnection.open(app.path);
    expect(await connection.ended()).toContain('hello-late');
    await stillServes();
  });

  it('that drips its hello byte by byte is ended in time', async () => {
    const connection = await RawConnection.open(app.path);
    const drip = setInterval(() => connection.socket.write(' '), 20);
    expect(await connection.ended()).toContain('hello-late');
    clearInterval(drip);
  });

  it('is ended by a bad frame after its hello, and the failure quotes nothing of it', async () => {
    for (const bad of ['sk-live-secret\n', '{"id":"x","call":"sk-live-secret"}\n', `${'9'.repeat(1_000_001)}`]) {
      const connection = await RawConnection.greeted(app.path);
      connection.socket.write(bad);
      const all = await connection.ended();
      expect(all).toContain('"failure"');
      expect(all).not.toContain('sk-live-secret');
    }
    await stillServes();
  });

  it('takes a frame in pieces, several at once, and one of nearly 1 MB', async () => {
    const connection = await RawConnection.greeted(app.path);
    const frame = JSON.stringify({ id: 1, call: 'listCredentials', input: {} });
    connection.socket.write(frame.slice(0, 10));
    await new Promise((resolve) => setTimeout(resolve, 20));
    connection.socket.write(`${frame.slice(10)}\n\n${frame}\n`);
    expect(await connection.next()).toMatchObject({ id: 1 });
    expect(await connection.next()).toMatchObject({ id: 1 });
    connection.send({ id: 2, call: 'getRotation', input: { id: 'x'.repeat(990_000) } });
    expect(await connection.next()).toMatchObject({ id: 2, failure: { code: 'rotation-unknown' } });
    connection.close();
  });

  it('gets failures as the contract has them', async () => {
    const connection = await RawConnection.greeted(app.path);
    connection.send({ id: 1, call: 'noSuchCall', input: {} });
    expect(await connection.next()).toMatchObject({ id: 1, failure: { code: 'unknown-call' } });
    connection.send({ id: 2, call: 'getRotation', input: { id: 7 } });
    expect(await connection.next()).toMatchObject({ id: 2, failure: { code: 'bad-input' } });
    connection.send({ id: 3, call: 'changeSettings', input: {} });
    expect(await connection.next()).toMatchObject({ id: 3, failure: { code: 'call-not-allowed' } });
    connection.close();
  });

  it('is told of events once it asks for them, and no more after its end', async () => {
    const connection = await RawConnection.greeted(app.path);
    connection.send({ id: 1, subscribe: true });
    expect(await connection.next()).toEqual({ id: 1, result: {} });
    connection.send({ id: 2, call: 'requestRotation', input: { credential: 'work' } });
    expect(await connection.next()).toMatchObject({ event: 'approval', payload: { state: 'waiting' } });
    expect(await connection.next()).toMatchObject({ id: 2, result: { state: 'waiting' } });
    connection.close();
    await expect.poll(() => app.core.listeners).toBe(0);
  });

  it('takes its questions back when it ends', async () => {
    const connection = await RawConnection.greeted(app.path);
    connection.send({ id: 1, call: 'requestRotation', input: { credential: 'work' } });
    await connection.next();
    connection.close();
    await expect.poll(() => app.core.approvals.list()[0]?.state).toBe('withdrawn');
  });

  it('is a terminal or a script as it says, and shows the program that started it', async () => {
    for (const interactive of [true, false]) {
      const connection = await RawConnection.greeted(app.path, { interactive, parent: 'bash\u001b[2J', parentPid: 77 });
      connection.send({ id: 1, call: 'listCredentials', input: {} });
      await connection.next();
      connection.close();
    }
    const callers = app.core.callsOf('listCredentials').map(({ caller }) => caller);
    expect(callers).toEqual([
      { carrier: 'terminal', program: 'bash[2J', pid: 77, client: null },
      { carrier: 'script', program: 'bash[2J', pid: 77, client: null },
    ]);
  });

  it('is turned away beyond the 64th, and taken again when another has ended', async () => {
    const connections = await Promise.all(Array.from({ length: 64 }, () => RawConnection.greeted(app.path)));
    const surplus = await RawConnection.open(app.path);
    expect(await surplus.next()).toMatchObject({ failure: { code: 'too-many-connections' } });
    await surplus.ended();
    connections[0]?.close();
    await expect
      .poll(async () => {
        const again = await RawConnection.open(app.path);
        again.send(HELLO);
        return again.next();
      })
      .toMatchObject({ rekey: 1 });
    for (const connection of connections) connection.close();
  });

  it('that reads nothing of what it asks for is not read from either', async () => {
    const connection = await RawConnection.greeted(app.path);
    connection.socket.pause();
    const frames = `${JSON.stringify({ id: 1, call: 'listHosts', input: {} })}\n`.repeat(500);
    const drains = async (): Promise<boolean> => {
      if (connection.socket.write(frames)) return true;
      const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 300));
      return Promise.race([once(connection.socket, 'drain').then(() => true), late]);
    };
    let batches = 0;
    while (await drains()) batches += 1;
    const answered = app.core.callsOf('listHosts').length;
    expect(answered).toBeLessThan((batches + 1) * 500);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(app.core.callsOf('listHosts').length).toBe(answered);
    await stillServes();
    connection.close();
  });
});
