import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A hello as a good program says it. */
export const HELLO = {
  rekey: 1,
  as: 'calls',
  program: 'test',
  pid: 4242,
  parent: null,
  parentPid: null,
  interactive: false,
} as const;

/** A connection without manners: bytes in, lines out. */
export class RawConnection {
  readonly socket: Socket;
  #received = '';
  #taken = 0;

  static async open(path: string): Promise<RawConnection> {
    const socket = connect(path);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Opened, greeted and welcomed. */
  static async greeted(path: string, hello: object = {}): Promise<RawConnection> {
    const connection = await RawConnection.open(path);
    connection.send({ ...HELLO, ...hello });
    await connection.next();
    return connection;
  }

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      this.#received += text;
    });
    socket.on('error', () => {});
  }

  send(value: unknown): void {
    this.socket.write(`${JSON.stringify(value)}\n`);
  }

  /** The next line as JSON, or null when the connection has ended. */
  async next(): Promise<Record<string, unknown> | null> {
    for (;;) {
      const line = this.#received.split('\n').slice(0, -1)[this.#taken];
      if (line !== undefined) {
        this.#taken += 1;
        return JSON.parse(line);
      }
      if (this.socket.destroyed) return null;
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
  }

  /** Everything that comes until the connection has ended. */
  async ended(): Promise<string> {
    if (!this.socket.destroyed) await once(this.socket, 'close');
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }
}
