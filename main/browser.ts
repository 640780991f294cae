import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { errorView } from './errors.ts';
import { thisMachine } from './machine.ts';
import { startRekey } from './rekey.ts';
import { askAtTerminal } from './shells/browser/ask-at-terminal.ts';
import { type BrowserShell, startBrowserShell } from './shells/browser/browser-shell.ts';
import { systemClipboard } from './shells/browser/clipboard.ts';
import { endBySignal } from './shells/browser/ending.ts';
import { whyStay } from './shells/why-stay.ts';

/** The entry of the browser shell, for machines without a desktop or an Electron runtime. */
const { values } = parseArgs({ options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } } });
const startedByBridge = process.env.REKEY_STARTED_BY === 'bridge';
const machine = thisMachine(homedir());

const running: { shell: BrowserShell | null } = { shell: null };

try {
  const rekey = await startRekey({
    machine,
    shell: 'browser',
    desktop: false,
    clipboard: systemClipboard,
    bridge: { command: process.execPath, args: [join(import.meta.dirname, 'rekey.mjs'), 'mcp'] },
    show: async () => (await running.shell?.show()) ?? false,
  });
  const shell = await startBrowserShell({
    core: rekey.core,
    dataFolder: rekey.dataFolder,
    pages: join(import.meta.dirname, 'renderer'),
    open: !startedByBridge && !values['no-open'],
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(process.stdout.isTTY && { print: (line: string) => console.log(line) }),
    env: machine.env,
  });
  running.shell = shell;
  if (!process.stdout.isTTY && !startedByBridge) console.log('Rekey runs.');
  // A terminal that is closed must not end it by a read or write that fails.
  for (const stream of [process.stdin, process.stdout, process.stderr]) stream.on('error', () => {});
  const onSignal = endBySignal({
    busy: () => rekey.busy(),
    async stop() {
      await shell.close();
      await rekey.stop();
      process.exit(0);
    },
    why: () => whyStay(rekey.core, { carrier: 'terminal', program: 'Rekey', pid: process.pid, client: null }),
    print: (line) => console.error(line),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : null,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
} catch (error) {
  const { message, wayOut } = errorView(error);
  console.error(`${message} ${wayOut}`);
  process.exit(1);
}
