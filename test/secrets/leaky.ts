import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { open, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, createServer as createSocketServer } from 'node:net';
import { join } from 'node:path';

/** Lets a secret go in one way, and leaves no trace of it: what a tap sees of it is tested with this. */
const [way = '', folder = ''] = process.argv.slice(2);
const secret = process.env.SECRET_OF_THE_TEST ?? '';
const gone = join(folder, 'gone');

const WAYS: Readonly<Record<string, () => unknown>> = {
  stdout: () => console.log(secret),
  stderr: () => console.error(secret),
  async promised() {
    await writeFile(gone, secret);
    await rm(gone);
  },
  async handle() {
    const file = await open(gone, 'w');
    await file.write(Buffer.from(`--${secret}`), 2);
    await file.close();
    await rm(gone);
  },
  sync() {
    writeFileSync(gone, secret);
    unlinkSync(gone);
  },
  async stream() {
    const stream = createWriteStream(gone);
    stream.end(secret);
    await once(stream, 'close');
    rmSync(gone);
  },
  async name() {
    await writeFile(join(folder, secret), '');
    await rm(join(folder, secret));
  },
  argument: () => once(spawn('true', [secret], { env: {} }), 'exit'),
  environment: () => once(spawn('true', { env: { HELD: secret } }), 'exit'),
  async input() {
    const child = spawn('cat', { env: {} });
    child.stdin.end(secret);
    child.stdout.resume();
    await once(child, 'close');
  },
  request: () => exchange(secret, ''),
  answer: () => exchange('', secret),
  async socket() {
    const server = createSocketServer((socket) => socket.end(secret)).listen(join(folder, 's'));
    await once(server, 'listening');
    await once(connect(join(folder, 's')).resume(), 'close');
    server.close();
  },
};

/** Over HTTP, with itself. */
async function exchange(sent: string, answered: string): Promise<void> {
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => response.end(answered));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a listening TCP server has no other kind
  const asked = request({ host: '127.0.0.1', port, method: 'POST', agent: false });
  asked.end(sent);
  const [response] = await once(asked, 'response');
  await once(response.resume(), 'end');
  server.close();
}

await WAYS[way]?.();
