import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thisMachine } from '../../main/machine.ts';
import { socketPath } from '../../main/mcp/socket-path.ts';
import { RawConnection } from '../mcp/raw-connection.ts';
import { RekeyProcess } from '../sandbox/rekey-process.ts';
import { answer, flood, HostileBitscale, head, type Rotated } from './hostile-bitscale.ts';

/** What each of these may cost, in megabytes; what is sent is several times as much. */
const MOST = 100;
const MEGABYTE = Buffer.alloc(1_000_000, 'x');
const SENT = 400 * MEGABYTE.length;
const DELAYS = { verifyRetry: 20, doubtRecheck: 20, doubtSettle: 40, lookAgain: 20 };

let home: string;
let rekey: RekeyProcess;
const services: HostileBitscale[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
  rekey = await RekeyProcess.start(home, DELAYS);
  await rekey.call('chooseKeychain', { kind: 'file', passphrase: 'correct horse battery' });
});
afterEach(async () => {
  await rekey.stop();
  await Promise.all(services.splice(0).map((service) => service.stop()));
  await rm(home, { recursive: true, force: true });
});

/** What a piece of work costs at its highest, in megabytes. */
async function cost(work: () => Promise<void>): Promise<number> {
  const { pid } = await rekey.call('getStatus', {});
  // From here on the highest counts (proc_pid_clear_refs(5)).
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = await rekey.mostMemory();
  await work();
  return (await rekey.mostMemory()) - before;
}

async function rotated(by: Rotated, outcome: string): Promise<void> {
  const service = await HostileBitscale.start(by);
  services.push(service);
  await rekey.call('addCredential', { name: 'bad', provider: 'bitscale', key: service.key, baseUrl: service.url });
  const { id, plan } = await rekey.call('requestRotation', { credential: 'bad' });
  const { rotationId } = await rekey.call('approve', { id, planHash: plan.hash });
  const now = async () => (await rekey.call('getRotation', { id: rotationId ?? '' })).outcome;
  await expect.poll(now, { timeout: 60_000 }).toBe(outcome);
}

describe('the memory of the app stays bounded', { timeout: 90_000 }, () => {
  it('when a service answers 400 MB', async () => {
    const large: Rotated = (socket, fresh) => {
      socket.write(`${head(200)}{"api_key":"${fresh}"}`);
      flood(socket, MEGABYTE, SENT);
    };
    expect(await cost(() => rotated(large, 'done'))).toBeLessThan(MOST);
  });

  it('when a service answers 400 MB in 400 KB', async () => {
    const bomb = gzipSync(Buffer.alloc(SENT));
    const packed: Rotated = (socket) => answer(socket, bomb, { 'Content-Encoding': 'gzip' });
    expect(await cost(() => rotated(packed, 'lost'))).toBeLessThan(MOST);
  });

  it('when 20 connections send frames without an end', async () => {
    const path = socketPath(thisMachine(homedir()), join(home, 'rekey'));
    const greeted = await Promise.all(Array.from({ length: 20 }, () => RawConnection.greeted(path)));
    const spent = await cost(async () => {
      for (const { socket } of greeted) flood(socket, MEGABYTE, SENT / 20);
      for (const said of await Promise.all(greeted.map((connection) => connection.ended())))
        expect(said).toContain('frame-too-large');
    });
    expect(spent).toBeLessThan(MOST);
  });

  it.each([
    ['a command line', 'calls', { id: 1, call: 'listProviders', input: {} }],
    [
      'an agent',
      'mcp',
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_credentials', arguments: {} } },
    ],
  ])('when %s asks and asks, and never reads', async (_, as, question) => {
    const path = socketPath(thisMachine(homedir()), join(home, 'rekey'));
    const { socket } = await RawConnection.greeted(path, { as });
    socket.pause();
    const asks = Buffer.from(`${JSON.stringify(question)}\n`.repeat(1_000));
    const spent = await cost(async () => {
      flood(socket, asks, 20 * asks.length);
      // The good client is answered as ever.
      for (let times = 0; times < 20; times++) await rekey.call('listProviders', {});
    });
    expect(spent).toBeLessThan(MOST);
    socket.destroy();
    expect(await rekey.call('listCredentials', {})).toEqual([]);
  });

  it('when 300 connections come at once and say nothing', async () => {
    const path = socketPath(thisMachine(homedir()), join(home, 'rekey'));
    const sockets = Array.from({ length: 300 }, () => connect(path).on('error', () => {}));
    const spent = await cost(async () => {
      for (let times = 0; times < 5; times++) await rekey.call('listCredentials', {});
    });
    expect(spent).toBeLessThan(MOST);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await RawConnection.greeted(path)).socket.destroyed).toBe(false);
  });
});
