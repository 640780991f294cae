import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { RekeyError, systemCode } from '../errors.ts';
import { acquireDirectoryLock } from '../storage/directory-lock.ts';
import { ConnectionError, type ConnectionOptions, refuse, serveConnection } from './connection.ts';
import type { McpBackend } from './server.ts';
import { checkSocketFolder } from './socket-path.ts';

export class SocketServerError extends RekeyError<'already-running'> {}

/** Connections that are served at one time. */
const MAX_CONNECTIONS = 64;

export interface SocketServerOptions extends ConnectionOptions {
  /** From {@link socketPath}. */
  readonly path: string;
  readonly backend: McpBackend;
}

export interface SocketServer {
  /** Ends all connections, whatever they do, and listens no more. */
  close(): Promise<void>;
}

/**
 * Listens for MCP bridges and command lines of this user.
 * @throws {SocketServerError} `already-running` when another app answers there; {@link SocketFolderError}.
 */
export async function startSocketServer(options: SocketServerOptions): Promise<SocketServer> {
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    if (connections.size >= MAX_CONNECTIONS) {
      turnAway(socket);
      return;
    }
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    serveConnection(socket, options.backend, options);
  });
  await (isPipe(options.path) ? listen(server, options.path) : listenInFolder(server, options.path));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
}

function turnAway(socket: Socket): void {
  const error = new ConnectionError(
    'too-many-connections',
    `Rekey serves ${MAX_CONNECTIONS} connections at one time, and no more.`,
    'End programs that use Rekey, and try again.',
  );
  socket.on('error', () => {});
  const frames = { send: (value: unknown) => socket.write(`${JSON.stringify(value)}\n`), end: () => socket.end() };
  refuse(socket, frames, error);
}

function isPipe(path: string): boolean {
  return path.startsWith('\\\\.\\pipe\\');
}

/** A socket file stays behind when its app dies; under the lock no other start can take it for dead meanwhile. */
async function listenInFolder(server: Server, path: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await checkSocketFolder(folder);
  const release = await acquireDirectoryLock(`${path}.lock`, { waitMs: 10_000, staleMs: 5_000 });
  try {
    if (await answers(path)) throw alreadyRunning();
    await rm(path, { force: true });
    await listen(server, path);
    await chmod(path, 0o600);
  } finally {
    await release();
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(systemCode(error) === 'EADDRINUSE' ? alreadyRunning(error) : error));
    server.listen(path, resolve);
  });
}

/** Whether somebody accepts connections there. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Only a refusal, or nothing there at all, is proof that nobody listens: a full queue (EAGAIN) is not.
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'].includes(systemCode(error) ?? '')));
  });
}

function alreadyRunning(cause?: unknown): SocketServerError {
  return new SocketServerError(
    'already-running',
    'Rekey is running already for this user. Nothing was changed.',
    'Use the one that runs, or end it first.',
    { cause },
  );
}
