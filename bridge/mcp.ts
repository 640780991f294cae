import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { errorView } from '../main/errors.ts';
import { connectToApp } from './connect.ts';
import { makeHello } from './hello.ts';
import type { Installation } from './installation.ts';

/** How long the last bytes may take on their way out, in milliseconds. */
const LAST_BYTES_MS = 2_000;

/**
 * `rekey mcp`: copies bytes between the MCP host and the app.
 *
 * Small and quick to start, because every host starts one: no npm package, no schema, no MCP library. It ends when the
 * host does (it closes its end of stdin or stdout, or says so by a signal), and when the app does. It has no state, so
 * ending is all that there is to do: requests that are open then fail in the host with the end of its server.
 */
export async function bridge(installation: Installation): Promise<void> {
  const { stdin, stdout, stderr } = process;
  let app: Socket | null = null;
  let hostIsGone = false;

  const leave = (): void => {
    hostIsGone = true;
    if (!app) process.exit(0);
    app.end();
    // A reader that doesn't read is not waited for.
    setTimeout(() => process.exit(0), LAST_BYTES_MS);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, leave);
  stdout.once('error', leave);
  stdin.once('error', leave);
  stdin.once('end', () => {
    hostIsGone = true;
    // With an app there, the pipe below ends it after the last byte.
    if (!app) process.exit(0);
    setTimeout(() => process.exit(0), LAST_BYTES_MS);
  });
  // Read from the start, so that its end is seen at any time; what the host sends before the app listens waits here.
  const fromHost = stdin.pipe(new PassThrough());

  try {
    app = await connectToApp(installation, makeHello('mcp', 'rekey mcp', false));
  } catch (error) {
    const { message, wayOut } = errorView(error);
    stderr.write(`rekey mcp: ${message} ${wayOut}\n`, () => process.exit(1));
    return;
  }
  // A broken connection is followed by `close`.
  app.on('error', () => {});
  app.once('close', () => {
    const last = (): void => {
      if (hostIsGone) process.exit(0);
      stderr.write('rekey mcp: The Rekey app has ended the connection. Start this server again.\n', () =>
        process.exit(1),
      );
    };
    stdout.write('', last);
    setTimeout(() => process.exit(hostIsGone ? 0 : 1), LAST_BYTES_MS);
  });
  fromHost.pipe(app);
  app.pipe(stdout, { end: false });
}
