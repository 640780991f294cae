import { connect as connectSocket, type Socket } from 'node:net';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorView, RekeyError, systemCode } from '../main/errors.ts';
import { type Machine, thisMachine } from '../main/machine.ts';
import { checkSocketFolder, socketPath } from '../main/mcp/socket-path.ts';
import { dataFolder } from '../main/storage/data-folder.ts';
import type { Hello } from './hello.ts';
import { howToStart, type Installation } from './installation.ts';
import { startApp } from './start-app.ts';

/** How long a started app has until it listens. */
const START_LIMIT_MS = 20_000;
/** How much longer others may have that start it too, once ours has ended. */
const GRACE_MS = 1_500;
const RETRY_MS = 50;
/** A live app answers a greeting at once. */
const WELCOME_LIMIT_MS = 10_000;
const LONGEST_WELCOME_BYTES = 65_536;
const NEWLINE = 0x0a;

export class ConnectError extends RekeyError {}

/**
 * Connects to the app, which is started when none runs, and greets it.
 *
 * @returns the socket, paused, right behind the app's welcome.
 * @throws {ConnectError} `app-not-started`, `app-silent`, or what the app answered; {@link NoAppError}; {@link SocketFolderError}.
 */
export async function connectToApp(installation: Installation, hello: Hello | Promise<Hello>): Promise<Socket> {
  const { machine, path } = here();
  return greeted((await tryConnect(machine, path)) ?? (await startAndConnect(machine, path, installation)), hello);
}

/** The same with an app that runs already, or null. */
export async function connectToRunningApp(hello: Hello | Promise<Hello>): Promise<Socket | null> {
  const { machine, path } = here();
  const socket = await tryConnect(machine, path);
  return socket && greeted(socket, hello);
}

function here(): { machine: Machine; path: string } {
  const machine = thisMachine(homedir());
  return { machine, path: socketPath(machine, resolve(dataFolder(machine))) };
}

async function greeted(socket: Socket, hello: Hello | Promise<Hello>): Promise<Socket> {
  try {
    await greet(socket, await hello);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** @returns null when nobody listens there. */
async function tryConnect(machine: Machine, path: string): Promise<Socket | null> {
  if (machine.platform !== 'win32' && !(await checkSocketFolder(dirname(path)))) return null;
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => {
      const code = systemCode(error);
      // EAGAIN: its queue is full just now.
      if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'EAGAIN' || code === 'EBUSY') resolve(null);
      else reject(new ConnectError('app-unreachable', `Rekey can't be reached (${code}).`, 'Start Rekey again.'));
    });
  });
}

async function startAndConnect(machine: Machine, path: string, installation: Installation): Promise<Socket> {
  const start: { failure: Error | null } = { failure: null };
  let deadline = Date.now() + START_LIMIT_MS;
  startApp(machine, installation).catch((error: Error) => {
    start.failure = error;
    deadline = Math.min(deadline, Date.now() + GRACE_MS);
  });
  while (Date.now() < deadline) {
    await sleep(RETRY_MS);
    const socket = await tryConnect(machine, path);
    if (socket) return socket;
  }
  const { failure } = start;
  if (failure instanceof RekeyError) throw failure;
  const why = failure ? ` (${systemCode(failure) ?? failure.message})` : ' in time';
  throw new ConnectError(
    'app-not-started',
    `The Rekey app was not running and could not be started${why}. Nothing was changed.`,
    howToStart(installation),
  );
}

/** Sends the hello and takes the welcome off the stream; what comes behind it stays there. */
async function greet(socket: Socket, hello: Hello): Promise<void> {
  socket.write(`${JSON.stringify(hello)}\n`);
  const welcome = parseWelcome(await firstLine(socket));
  if (welcome.failure) throw new ConnectError(welcome.failure.code, welcome.failure.message, welcome.failure.wayOut);
}

function parseWelcome(line: string): { failure?: ErrorView } {
  try {
    const welcome: unknown = JSON.parse(line);
    // Checked as far as it is used: the schemas are no part of the bridge.
    if (typeof welcome === 'object' && welcome !== null && 'rekey' in welcome) return {};
    const { failure } = welcome as { failure: ErrorView };
    if (typeof failure.code === 'string' && typeof failure.message === 'string' && typeof failure.wayOut === 'string') {
      return { failure };
    }
  } catch {
    // Whoever answers there is no Rekey that we know: told below.
  }
  throw silent('did not answer as it should');
}

function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = Buffer.alloc(0);
    const stop = (): void => {
      clearTimeout(late);
      socket.off('readable', onReadable);
      socket.off('end', onEnd);
      socket.off('error', onEnd);
    };
    const fail = (what: string): void => {
      stop();
      reject(silent(what));
    };
    const onEnd = (): void => fail('ended while it was greeted');
    const onReadable = (): void => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
        seen = Buffer.concat([seen, chunk]);
        const newline = seen.indexOf(NEWLINE);
        if (newline !== -1) {
          stop();
          socket.pause();
          socket.unshift(seen.subarray(newline + 1));
          resolve(seen.toString('utf8', 0, newline));
          return;
        }
        if (seen.length > LONGEST_WELCOME_BYTES) {
          fail('did not answer as it should');
          return;
        }
      }
    };
    const late = setTimeout(() => fail('did not answer'), WELCOME_LIMIT_MS);
    socket.on('readable', onReadable);
    socket.on('end', onEnd);
    socket.on('error', onEnd);
  });
}

function silent(what: string): ConnectError {
  return new ConnectError('app-silent', `The Rekey app ${what}. Nothing was changed.`, 'End Rekey and start it again.');
}
