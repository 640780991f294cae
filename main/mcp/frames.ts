import type { Socket } from 'node:net';
import { RekeyError } from '../errors.ts';

/** Longest frame that is taken, in bytes without its newline. */
export const MAX_FRAME_BYTES = 1_000_000;

/** Bytes that may wait for a reader that doesn't read, before it is given up. */
const MAX_WAITING_BYTES = 16 * MAX_FRAME_BYTES;

/** How long the other end has to take what is left, in milliseconds. */
const LINGER_MS = 5_000;

const NEWLINE = 0x0a;

export class FrameError extends RekeyError<'frame-too-large' | 'frame-not-json' | 'frame-late'> {}

export interface FrameLimits {
  /** Longest frame that is taken; the app's own answers may be longer than what it takes from others. */
  readonly bytes?: number;
  /** Milliseconds from a frame's beginning to its end; as long as it likes when left out. */
  readonly ms?: number;
}

/**
 * One JSON value per line over a socket, both ways.
 *
 * Reading stops while the other end does not take what it was sent. A bad frame is reported once, and nothing is read
 * after it.
 */
export class Frames {
  readonly #socket: Socket;
  readonly #maxBytes: number;
  readonly #maxMs: number | null;
  readonly #onFrame: (value: unknown) => void;
  readonly #onBadFrame: (error: FrameError) => void;
  /** UTF-8 that isn't any is a bad frame too, not a row of question marks. */
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #parts: Buffer[] = [];
  #length = 0;
  #ended = false;
  #held = false;
  #late: NodeJS.Timeout | undefined;

  constructor(
    socket: Socket,
    onFrame: (value: unknown) => void,
    onBadFrame: (error: FrameError) => void,
    { bytes = MAX_FRAME_BYTES, ms }: FrameLimits = {},
  ) {
    this.#socket = socket;
    this.#maxBytes = bytes;
    this.#maxMs = ms ?? null;
    this.#onFrame = onFrame;
    this.#onBadFrame = onBadFrame;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('drain', () => this.#goOn());
    socket.on('close', () => clearTimeout(this.#late));
  }

  /** Sends one value; an ended connection swallows it. */
  send(value: unknown): void {
    if (this.#socket.destroyed || this.#socket.writableEnded) return;
    const flowing = this.#socket.write(`${JSON.stringify(value)}\n`);
    if (this.#socket.writableLength > MAX_WAITING_BYTES) this.#socket.destroy();
    else if (!flowing) this.#stop();
  }

  /** Reads no more until {@link release}; what was read already still comes. */
  hold(): void {
    this.#held = true;
    this.#stop();
  }

  release(): void {
    this.#held = false;
    this.#goOn();
  }

  /** Sends what is left and ends; whatever still comes in is not looked at. */
  end(): void {
    this.#ended = true;
    this.#parts = [];
    clearTimeout(this.#late);
    this.#socket.resume();
    this.#socket.end();
    // Whoever neither reads what is left nor ends as well would keep the connection for good.
    setTimeout(() => this.#socket.destroy(), LINGER_MS).unref();
  }

  #take(chunk: Buffer): void {
    let rest = chunk;
    while (!this.#ended) {
      const newline = rest.indexOf(NEWLINE);
      const piece = newline === -1 ? rest : rest.subarray(0, newline);
      this.#length += piece.length;
      if (this.#length > this.#maxBytes) {
        this.#bad('frame-too-large', `A message was longer than ${this.#maxBytes} bytes.`);
        return;
      }
      this.#parts.push(piece);
      if (newline === -1) {
        this.#expectTheRest();
        return;
      }
      clearTimeout(this.#late);
      this.#late = undefined;
      const line = Buffer.concat(this.#parts, this.#length);
      this.#parts = [];
      this.#length = 0;
      rest = rest.subarray(newline + 1);
      this.#parse(line);
    }
  }

  #stop(): void {
    this.#socket.pause();
    clearTimeout(this.#late);
    this.#late = undefined;
  }

  #goOn(): void {
    if (this.#held || this.#socket.writableNeedDrain) return;
    this.#socket.resume();
    this.#expectTheRest();
  }

  /** Not while it is we who don't read. */
  #expectTheRest(): void {
    if (this.#maxMs === null || this.#length === 0 || this.#ended || this.#socket.isPaused()) return;
    this.#late ??= setTimeout(
      () => this.#bad('frame-late', 'The rest of a message did not come in time.'),
      this.#maxMs,
    );
  }

  #parse(line: Buffer): void {
    let value: unknown;
    try {
      const text = this.#decoder.decode(line);
      if (text.trim() === '') return;
      value = JSON.parse(text);
    } catch {
      // The reason would quote the line, which may hold a key.
      this.#bad('frame-not-json', 'A message was not JSON.');
      return;
    }
    this.#onFrame(value);
  }

  #bad(code: FrameError['code'], what: string): void {
    this.#ended = true;
    this.#parts = [];
    clearTimeout(this.#late);
    this.#onBadFrame(
      new FrameError(code, `${what} The connection ends; nothing was changed by it.`, 'Start the program again.'),
    );
  }
}
