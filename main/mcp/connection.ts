import type { Socket } from 'node:net';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import type { Caller } from '../calls/caller.ts';
import { type ErrorView, RekeyError } from '../errors.ts';
import { CallsSession } from './calls-session.ts';
import { FrameTransport } from './frame-transport.ts';
import { type FrameError, Frames } from './frames.ts';
import { type Hello, HelloSchema } from './hello.ts';
import { printable } from './printable.ts';
import { type McpBackend, serveMcp } from './server.ts';

export class ConnectionError extends RekeyError<'hello-late' | 'hello-bad' | 'too-many-connections'> {}

/** What speaks on a connection once the hello has said which. */
interface Session {
  take(frame: unknown): void;
  refuse(failure: ErrorView): void;
  close(): void;
}

/** Milliseconds that a connection has for its hello. */
export const HELLO_LIMIT_MS = 5_000;
/** Milliseconds from the beginning of a message to its end. */
const FRAME_LIMIT_MS = 30_000;

export interface ConnectionOptions {
  readonly helloLimitMs?: number;
  readonly frameLimitMs?: number;
  readonly progressEveryMs?: number;
}

/**
 * Serves one connection from its hello to its end. Whatever comes in on it, the worst is that it ends.
 */
export function serveConnection(socket: Socket, backend: McpBackend, options: ConnectionOptions = {}): void {
  let session: Session | null = null;
  const late = setTimeout(
    () => refuse(socket, frames, new ConnectionError('hello-late', 'No greeting came in time.', 'Connect again.')),
    options.helloLimitMs ?? HELLO_LIMIT_MS,
  );

  const greet = (frame: unknown): void => {
    clearTimeout(late);
    const hello = HelloSchema.safeParse(frame);
    if (!hello.success) {
      const wayOut = 'Update Rekey: its parts are of different versions.';
      refuse(socket, frames, new ConnectionError('hello-bad', 'The greeting is not one that Rekey knows.', wayOut));
      return;
    }
    frames.send({ rekey: 1, version: backend.version });
    session =
      hello.data.as === 'mcp'
        ? mcpSession(hello.data, backend, frames, options)
        : callsSession(hello.data, backend, frames);
  };

  const onBadFrame = (error: FrameError): void => {
    clearTimeout(late);
    if (session) session.refuse(error.view);
    else refuse(socket, frames, error);
  };

  const frames = new Frames(socket, (frame) => (session ? session.take(frame) : greet(frame)), onBadFrame, {
    ms: options.frameLimitMs ?? FRAME_LIMIT_MS,
  });
  // A broken connection is followed by `close`, and there is nobody to tell.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(late);
    session?.close();
  });
}

/** Says why in the place of a welcome, and ends. */
export function refuse(socket: Socket, frames: Pick<Frames, 'send' | 'end'>, error: RekeyError): void {
  frames.send({ failure: error.view });
  frames.end();
  // Some never read: they are not waited for.
  setTimeout(() => socket.destroy(), 1_000).unref();
}

function mcpSession(hello: Hello, backend: McpBackend, frames: Frames, options: ConnectionOptions): Session {
  const transport = new FrameTransport(frames);
  // The server is connected before this returns; only its start is asynchronous, and ours does nothing.
  void serveMcp(backend, programOf(hello), transport, options.progressEveryMs);
  return {
    take: (frame) => transport.take(frame),
    refuse: ({ message }) => transport.refuse(ErrorCode.ParseError, message),
    close: () => transport.onclose?.(),
  };
}

function callsSession(hello: Hello, backend: McpBackend, frames: Frames): Session {
  const carrier = hello.interactive ? 'terminal' : 'script';
  return new CallsSession(backend.core, { carrier, ...programOf(hello), client: null }, frames);
}

/** The program that a person would recognise: the one that started ours, where it is known. */
function programOf({ program, pid, parent, parentPid }: Hello): Pick<Caller, 'program' | 'pid'> {
  return parent !== null && parentPid !== null
    ? { program: printable(parent), pid: parentPid }
    : { program: printable(program), pid };
}
