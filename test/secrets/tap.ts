import { type ChildProcess, ChildProcess as ChildProcessClass } from 'node:child_process';
import { EventEmitter } from 'node:events';
import net, { type Socket } from 'node:net';
import { basename } from 'node:path';
import { Duplex } from 'node:stream';
import { note } from './tap-file.ts';
import { tapFiles } from './tap-files.ts';

/**
 * Loaded before a program of Rekey (`--import`), it writes down every byte that passes its sockets and pipes, every
 * file that it writes and every program that it starts, each with where it came from or went to.
 *
 * What it can't see: native modules (the keychain's, which speaks to the keyring's own process), and what the engine
 * writes of itself when it dies. Standard output and error are therefore also read at their other end.
 */

/** Parts of Node that its types leave out, as they are in Node 24. */
interface SocketInside {
  readonly fd?: number;
  readonly _handle: { _consumed?: boolean; readonly constructor: { readonly name: string } } | null;
}
type WriteGeneric = (this: Socket, several: boolean, data: unknown, encoding: BufferEncoding, done: () => void) => void;

const names = new WeakMap<Socket, string>();
const numbers = new WeakMap<Socket, number>();
let sockets = 0;

const socketMethods = net.Socket.prototype as unknown as {
  _writeGeneric: WriteGeneric;
  push: typeof Duplex.prototype.push;
};
const writeGeneric = socketMethods._writeGeneric;
socketMethods._writeGeneric = function (several, data, encoding, done) {
  // While it connects, Node keeps the data and comes here again.
  if (!this.connecting) for (const chunk of chunksOf(several, data, encoding)) see(this, 'out', chunk);
  writeGeneric.call(this, several, data, encoding, done);
};
socketMethods.push = function (this: Socket, chunk: unknown, encoding?: BufferEncoding) {
  if (chunk !== null && chunk !== undefined) see(this, 'in', bytesOf(chunk, encoding));
  return Duplex.prototype.push.call(this, chunk, encoding);
};

net.Server.prototype.emit = function (this: net.Server, event: string | symbol, ...rest: unknown[]): boolean {
  const [socket] = rest;
  if (event === 'connection' && socket instanceof net.Socket) {
    const { _handle } = socket as unknown as SocketInside;
    names.set(socket, _handle?.constructor.name === 'TCP' ? 'pages' : 'local socket');
    // Else Node's parser of HTTP reads past the socket.
    if (_handle) _handle._consumed = true;
  }
  return EventEmitter.prototype.emit.call(this, event, ...rest);
};

const childMethods = ChildProcessClass.prototype as unknown as {
  spawn(this: ChildProcess, options: { file: string; args?: string[]; envPairs?: string[] }): number;
};
const spawn = childMethods.spawn;
childMethods.spawn = function (options) {
  const name = basename(options.file);
  note(`arguments of ${name}`, Buffer.from([options.file, ...(options.args ?? [])].join('\0')));
  note(`environment of ${name}`, Buffer.from((options.envPairs ?? []).join('\0')));
  const result = spawn.call(this, options);
  const pipes = { stdin: this.stdin, stdout: this.stdout, stderr: this.stderr };
  for (const [which, pipe] of Object.entries(pipes))
    if (pipe instanceof net.Socket) names.set(pipe, `${which} of ${name}`);
  return result;
};

tapFiles();

function see(socket: Socket, way: 'in' | 'out', bytes: Buffer): void {
  const number = numbers.get(socket) ?? ++sockets;
  numbers.set(socket, number);
  note(`${nameOf(socket)} ${way}`, bytes, number);
}

function nameOf(socket: Socket): string {
  const given = names.get(socket);
  if (given !== undefined) return given;
  const { fd, _handle } = socket as unknown as SocketInside;
  const name =
    standardStream(fd) ?? (_handle?.constructor.name === 'Pipe' ? 'local socket' : `service ${socket.remotePort}`);
  names.set(socket, name);
  return name;
}

function standardStream(fd: number | undefined): string | null {
  return fd === undefined ? null : (['stdin', 'stdout', 'stderr'][fd] ?? null);
}

function chunksOf(several: boolean, data: unknown, encoding: BufferEncoding): Buffer[] {
  if (!several) return [bytesOf(data, encoding)];
  const list = data as readonly { chunk: unknown; encoding: BufferEncoding }[]; // as a stream's `_writev` gets it
  return list.map((one) => bytesOf(one.chunk, one.encoding));
}

function bytesOf(chunk: unknown, encoding?: BufferEncoding): Buffer {
  if (typeof chunk === 'string') return Buffer.from(chunk, encoding);
  if (ArrayBuffer.isView(chunk)) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new Error('the tap met data in a form that it can’t read');
}
