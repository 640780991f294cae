import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { startSocketServer } from '../../main/mcp/socket-server.ts';
import { EventStreams } from '../../main/shells/browser/event-streams.ts';
import type { AnyEvent } from '../../preload/contract.ts';
import { SmallCore } from '../browser-shell/small-core.ts';
import { socketIn, temporaryHome } from '../mcp/app.ts';
import { RawConnection } from '../mcp/raw-connection.ts';

/** As large as one of a rotation of many files: what is told is far more than anything keeps for a reader. */
const EVENT = { name: 'changed', payload: { topic: 'hosts', more: 'x'.repeat(100_000) } } as unknown as AnyEvent;
const MOST_EVENTS = 1_000;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Tells events until somebody is cut off, with time in between for what is sent. @returns how many it took. */
async function tellUntil(tell: (event: AnyEvent) => void, isCut: () => boolean): Promise<number> {
  for (let told = 1; told <= MOST_EVENTS; told++) {
    tell(EVENT);
    if (isCut()) return told;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return Number.POSITIVE_INFINITY;
}

describe('whoever wants to hear of everything and reads nothing is cut off, and the others hear it all', () => {
  it('on the local socket', async () => {
    const home = await temporaryHome();
    closing.push(() => rm(home, { recursive: true }));
    const core = new SmallCore();
    const path = socketIn(home);
    const backend = { core, version: '1', takeKeyForClient: async () => null };
    const server = await startSocketServer({ path, backend });
    closing.push(() => server.close());
    const [lazy, good] = [await RawConnection.greeted(path), await RawConnection.greeted(path)];
    for (const connection of [lazy, good]) {
      connection.send({ id: 1, subscribe: true });
      await connection.next();
    }
    lazy.socket.pause();
    expect(core.listeners).toBe(2);
    const told = await tellUntil(
      (event) => core.tell(event),
      () => core.listeners === 1,
    );
    expect(told).toBeLessThan(MOST_EVENTS);
    for (let heard = 0; heard < told; heard++) expect(await good.next()).toMatchObject({ event: 'changed' });
    lazy.close();
  });

  it('over the page’s stream', async () => {
    const streams = new EventStreams();
    const responses: ServerResponse[] = [];
    const server = createServer((_, response) => {
      responses.push(response);
      streams.add(response);
    }).listen(0, '127.0.0.1');
    closing.push(
      () => server.closeAllConnections(),
      () => server.close(),
      () => streams.close(),
    );
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a listening TCP server has no other kind
    let heard = 0;
    const open = async (index: number, reads: boolean): Promise<void> => {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      closing.push(() => socket.destroy());
      socket.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
      if (reads) socket.on('data', (bytes) => (heard += bytes.length));
      await expect.poll(() => responses.length).toBe(index + 1);
    };
    await open(0, false);
    await open(1, true);
    const told = await tellUntil(
      (event) => streams.send(event),
      () => responses[0]?.destroyed === true,
    );
    expect(told).toBeLessThan(MOST_EVENTS);
    expect(responses[1]?.destroyed).toBe(false);
    await expect.poll(() => heard).toBeGreaterThan(told * 100_000);
  });
});
