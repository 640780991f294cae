import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../mcp/app.ts';
import { HELLO, RawConnection } from '../mcp/raw-connection.ts';
import { type Living, startLiving } from './living.ts';

const MEGABYTE = 1_000_000;
const DEEP = 100_000;
const deep = (inside: string): string => `${'['.repeat(DEEP)}${inside}${']'.repeat(DEEP)}`;
const line = (...bytes: (string | number[])[]): Buffer =>
  Buffer.concat([...bytes, '\n'].map((one) => Buffer.from(one as string))); // `from` takes both, by two signatures

let living: Living;
beforeAll(async () => {
  living = await startLiving();
});
afterAll(() => living.close());

/** Bytes that are no frame, wherever they come in a connection. */
const NO_FRAMES: readonly (readonly [what: string, bytes: Buffer, code: string])[] = [
  ['1 MB and one byte', line(`"${'x'.repeat(MEGABYTE - 1)}"`), 'frame-too-large'],
  ['1 MB and one byte without an end', Buffer.alloc(MEGABYTE + 1, ' '), 'frame-too-large'],
  ['text in UTF-16', line([...Buffer.from('{"id":1,"call":"getStatus","input":{}}', 'utf16le')]), 'frame-not-json'],
  ['UTF-8 that broke off', line('{"id":1,"call":"getStatus","input":{"x":"', [0xe2, 0x82], '"}}'), 'frame-not-json'],
  ['an overlong slash', line('{"id":1,"call":"getStatus","input":{"x":"', [0xc0, 0xaf], '"}}'), 'frame-not-json'],
  ['half a pair of UTF-16 in UTF-8', line('{"id":1,"call":"x","input":"', [0xed, 0xa0, 0x80], '"}'), 'frame-not-json'],
  ['a NUL before the frame', line([0], JSON.stringify(HELLO)), 'frame-not-json'],
  ['two values on a line', line(`${JSON.stringify(HELLO)} ${JSON.stringify(HELLO)}`), 'frame-not-json'],
  ['JSON with a comment', line('{"id":1,/* */"call":"getStatus","input":{}}'), 'frame-not-json'],
  ['nesting that is never closed', line('['.repeat(DEEP)), 'frame-not-json'],
];

describe.each(['before the hello', 'as calls', 'as mcp'] as const)('%s', (stage) => {
  const open = (): Promise<RawConnection> =>
    stage === 'before the hello'
      ? RawConnection.open(living.path)
      : RawConnection.greeted(living.path, { as: stage === 'as mcp' ? 'mcp' : 'calls' });

  it.each(NO_FRAMES)('%s ends the connection and nothing else', async (_, bytes, code) => {
    const connection = await open();
    connection.socket.write(bytes);
    const said = await connection.ended();
    // MCP has no codes of ours.
    expect(said).toContain(stage === 'as mcp' ? '"error"' : code);
    await living.unharmed(said);
  });

  it('JSON that is 100,000 levels deep ends the connection and nothing else', async () => {
    const connection = await open();
    connection.socket.write(line(deep('')));
    const said = await connection.ended();
    expect(said).toMatch(stage === 'as mcp' ? /"error"/ : /"failure"/);
    await living.unharmed(said);
  });

  it('ten thousand empty lines are passed over', async () => {
    const connection = await open();
    connection.socket.write('\n'.repeat(10_000));
    connection.close();
    await living.unharmed();
  });
});

it('a frame of exactly 1 MB is taken', async () => {
  const connection = await RawConnection.greeted(living.path);
  const frame = JSON.stringify({ id: 1, call: 'getStatus', input: {} });
  connection.socket.write(`${' '.repeat(MEGABYTE - frame.length)}${frame}\n`);
  expect(await connection.next()).toMatchObject({ id: 1, result: {} });
  connection.close();
});

describe('a call', () => {
  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    ' ',
    'approve\0',
    'x'.repeat(900_000),
  ])('by the name %j is unknown', async (call) => {
    const connection = await RawConnection.greeted(living.path);
    connection.send({ id: 1, call, input: {} });
    expect(await connection.next()).toMatchObject({ id: 1, failure: { code: 'unknown-call' } });
    connection.close();
    await living.unharmed();
  });

  it.each([
    ['a prototype', '{"__proto__":{"credential":"work"}}'],
    ['a constructor', '{"constructor":{"prototype":{"polluted":true}},"credential":7}'],
    ['100,000 levels', deep('')],
    ['100,000 levels in a field', `{"credential":${deep('')}}`],
    ['a name of 900 KB', `{"credential":"${'x'.repeat(900_000)}"}`],
    ['a thousand fields', `{${Array.from({ length: 1_000 }, (_, index) => `"x${index}":1`).join()}}`],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['text', '"work"'],
  ])('with %s in the place of its input is answered, and its connection goes on', async (_, input) => {
    const connection = await RawConnection.greeted(living.path);
    connection.socket.write(`{"id":1,"call":"requestRotation","input":${input}}\n`);
    const answer = await connection.next();
    expect(answer).toMatchObject({
      id: 1,
      failure: { code: expect.stringMatching(/^(bad-input|credential-unknown)$/) },
    });
    expect(JSON.stringify(answer).length).toBeLessThan(30_000);
    connection.send({ id: 2, call: 'getStatus', input: {} });
    expect(await connection.next()).toMatchObject({ id: 2, result: {} });
    connection.close();
    await living.unharmed(JSON.stringify(answer));
  });

  it.each([-1, 1.5, 1e308, '1', null, {}, [1]])('with the id %j ends the connection', async (id) => {
    const connection = await RawConnection.greeted(living.path);
    connection.send({ id, call: 'getStatus', input: {} });
    const said = await connection.ended();
    expect(said).toContain('bad-frame');
    await living.unharmed(said);
  });

  it('is answered in its order, ten thousand times', async () => {
    const connection = await RawConnection.greeted(living.path);
    const calls = Array.from({ length: 10_000 }, (_, id) => `{"id":${id},"call":"x","input":{}}\n`);
    const texts: string[] = [];
    connection.socket.on('data', (text: string) => texts.push(text));
    connection.socket.write(calls.join(''));
    while (!texts.join('').includes('"id":9999')) await once(connection.socket, 'data');
    const ids = [...texts.join('').matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
    expect(ids).toEqual(Array.from({ length: 10_000 }, (_, id) => id));
    connection.close();
    await living.unharmed();
  });
});

describe('a connection', () => {
  it('that sends half a frame and falls silent is ended in time, and one between two frames is not', async () => {
    const app = await startApp({}, { frameLimitMs: 100 });
    const idle = await RawConnection.greeted(app.path);
    const half = await RawConnection.greeted(app.path);
    half.socket.write('{"id":1,"call":"listCre');
    expect(await half.ended()).toContain('frame-late');
    idle.send({ id: 1, call: 'listCredentials', input: {} });
    expect(await idle.next()).toMatchObject({ id: 1, result: [{ name: 'work' }] });
    idle.close();
    await app.close();
  });

  it('that was told off keeps no place, though it stays where it is', async () => {
    const rude = await Promise.all(Array.from({ length: 64 }, () => RawConnection.greeted(living.path)));
    for (const { socket } of rude) {
      socket.pause();
      socket.write('no frame\n');
    }
    await expect.poll(welcome, { timeout: 20_000 }).toMatchObject({ rekey: 1 });
    for (const connection of rude) connection.close();
  });
});

/** What a good client is told first. */
async function welcome(): Promise<unknown> {
  const connection = await RawConnection.open(living.path);
  connection.send(HELLO);
  const said = await connection.next();
  connection.close();
  return said;
}
