import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { answer, drip, flood, head, type Rotated } from './hostile-bitscale.ts';
import { type HostileStory, hostileStory } from './story.ts';

const MEGABYTE = Buffer.alloc(1_000_000, 'x');
const json = (fresh: string): string => JSON.stringify({ api_key: fresh });
const DEEP = 100_000;

let story: HostileStory;
afterEach(() => story.close());

/** The key came, in whatever company: it is in the host's file and in use. */
const USED: readonly (readonly [does: string, rotated: Rotated])[] = [
  [
    'answers 100 MB, the key first',
    (socket, fresh) => {
      socket.write(`${head(200)}${json(fresh)}`);
      flood(socket, MEGABYTE, 100_000_000);
    },
  ],
  [
    'never comes to an end after the key',
    (socket, fresh) => {
      socket.write(`${head(200)}${json(fresh)}`);
      flood(socket, MEGABYTE);
    },
  ],
  [
    'sends one byte a second after the key',
    (socket, fresh) => {
      socket.write(`${head(200)}{"api_key":"${fresh}"`);
      drip(socket, 1_000);
    },
  ],
  [
    'floods with 10,000 provisional answers before the real one',
    (socket, fresh) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(10_000));
      answer(socket, json(fresh));
    },
  ],
  ['sends a header of 200 KB', (socket, fresh) => answer(socket, json(fresh), { 'X-Large': 'x'.repeat(200_000) })],
  [
    'sends 20,000 headers',
    (socket, fresh) =>
      answer(
        socket,
        json(fresh),
        Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`X-${index}`, 'x'])),
      ),
  ],
  [
    'gives a length that is no number',
    (socket, fresh) => socket.end(`${head(200, { 'Content-Length': 'some' })}${json(fresh)}`),
  ],
  [
    'gives two lengths',
    (socket, fresh) => socket.end(`${head(200, { 'Content-Length': 5, 'content-length': 500 })}${json(fresh)}`),
  ],
  [
    'breaks its own chunks',
    (socket, fresh) => socket.end(`${head(200, { 'Transfer-Encoding': 'chunked' })}ZZ\r\n${json(fresh)}\r\n0\r\n\r\n`),
  ],
  [
    'nests its JSON 100,000 levels deep',
    (socket, fresh) => answer(socket, `${'['.repeat(DEEP)}${json(fresh)}${']'.repeat(DEEP)}`),
  ],
  [
    'answers with names of prototypes',
    (socket, fresh) => answer(socket, `{"__proto__":${json(fresh)},"constructor":{"prototype":${json(fresh)}}}`),
  ],
  ['gives the key as a list', (socket, fresh) => answer(socket, JSON.stringify({ api_key: [fresh] }))],
  ['gives the key as an object', (socket, fresh) => answer(socket, JSON.stringify({ api_key: { value: fresh } }))],
  [
    'answers in no text at all',
    (socket, fresh) =>
      answer(socket, Buffer.concat([Buffer.from([0xff, 0x00, 0xc3]), Buffer.from(fresh), Buffer.from([0x00, 0xfe])])),
  ],
];

/** The key never came: that is told, with the way out, and no file was touched. */
const LOST: readonly (readonly [does: string, rotated: Rotated])[] = [
  [
    'answers 100 MB, the key last',
    (socket, fresh) => {
      socket.write(`${head(200)}{"filler":"`);
      flood(socket, MEGABYTE, 100_000_000, () => socket.end(`",${json(fresh).slice(1)}`));
    },
  ],
  [
    'sends one byte a second',
    (socket) => {
      socket.write(head(200));
      drip(socket, 1_000);
    },
  ],
  ['sends one byte of its head a second', (socket) => drip(socket, 1_000)],
  [
    'sends provisional answers without an end',
    (socket) => flood(socket, Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(100))),
  ],
  ['sends headers without an end', (socket) => flood(socket, Buffer.from('X-More: x\r\n'.repeat(100)))],
  [
    'answers a bomb of gzip',
    (socket) => answer(socket, gzipSync(Buffer.alloc(200_000_000)), { 'Content-Encoding': 'gzip' }),
  ],
];

describe('a service that has rotated and', () => {
  it.each(USED)('%s loses no key', async (_, rotated) => {
    story = await hostileStory(rotated);
    expect(await story.rotate()).toMatchObject({ outcome: 'done' });
    expect(await readFile(story.file, 'utf8')).toContain(story.bad.key);
    expect(story.bad.rotationRequests).toBe(1);
    await story.livesOn();
  });

  it.each(LOST)('%s is told of with the way out', async (_, rotated) => {
    story = await hostileStory(rotated);
    const before = await readFile(story.file, 'utf8');
    const rotation = await story.rotate();
    expect(rotation).toMatchObject({ outcome: 'lost', problem: { wayOut: expect.stringContaining('https://') } });
    expect(await readFile(story.file, 'utf8')).toBe(before);
    expect(story.bad.rotationRequests).toBe(1);
    await story.livesOn();
  });

  it.each([301, 302, 303, 307, 308])('redirects to another origin (%i) is not followed there', async (status) => {
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked += 1;
      response.end(json('sk-live-from-elsewhere-0123456789'));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const { port } = elsewhere.address() as AddressInfo; // a listening TCP server has no other kind
    const redirect = (socket: Socket): void => {
      socket.end(head(status, { Location: `http://127.0.0.1:${port}/api/v1/api-key/rotate`, 'Content-Length': 0 }));
    };
    story = await hostileStory(redirect);
    expect(await story.rotate()).toMatchObject({ outcome: 'lost' });
    await story.livesOn();
    expect(asked).toBe(0);
    await new Promise((resolve) => elsewhere.close(resolve));
  });
});
