import type { Approval } from '../../approvals/approval.schema.ts';
import type { Core } from '../../calls/dispatch.ts';
import { openInBrowser } from './browser-command.ts';
import { EventStreams } from './event-streams.ts';
import { OneTimeTokens } from './one-time-tokens.ts';
import { OpeningFiles } from './opening-files.ts';
import { servePages } from './page-server.ts';

export interface BrowserShellOptions {
  readonly core: Core;
  readonly dataFolder: string;
  /** The folder of the built pages. */
  readonly pages: string;
  /** Any free one when left out. */
  readonly port?: number;
  /** Whether to open the person's browser at once. */
  readonly open: boolean;
  /** Where to tell the person something, line by line. */
  readonly print?: (line: string) => void;
  /** Whether `print` goes to a terminal: only there may a one-time address stand. Default: whether stdout is one. */
  readonly terminal?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface BrowserShell {
  /** Without a token: of no use to anybody who isn't signed in. */
  readonly url: string;
  /**
   * Opens a page of Rekey, signed in, in the person's browser.
   * @param path relative to {@link url}, with its query.
   * @returns whether a browser could be started.
   */
  openPage(path?: string): Promise<boolean>;
  /**
   * Brings Rekey before the person: in a browser, or where none can be started by an address on this shell's terminal.
   * @returns false where there is neither.
   */
  show(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Shows Rekey in the person's browser, for machines without a desktop or without Electron's runtime.
 * @throws the system's error when the port can't be had.
 */
export async function startBrowserShell(options: BrowserShellOptions): Promise<BrowserShell> {
  const { core, env } = options;
  const terminal = options.terminal ?? process.stdout.isTTY === true;
  const print = options.print ?? (() => {});
  const tokens = new OneTimeTokens(Date.now);
  const streams = new EventStreams();
  const files = new OpeningFiles(options.dataFolder);
  await files.prepare();
  const { server, port } = await servePages({ core, pages: options.pages, tokens, streams }, options.port ?? 0);
  const url = `http://127.0.0.1:${port}/`;

  const openPage = async (path = ''): Promise<boolean> => {
    const file = files.newPath();
    const token = tokens.issue(() => void files.remove(file));
    await files.write(file, `${url}${path}#token=${token}`);
    const opened = await openInBrowser(file, env);
    if (!opened) await files.remove(file);
    return opened;
  };
  const printAddress = (path = ''): void => {
    if (terminal) print(`Open this address in your browser, it works once: ${url}${path}#token=${tokens.issue()}`);
    else print('Run `rekey serve` in a terminal to get an address for your browser.');
  };

  const seen = new Set<string>();
  const askThePerson = async (approval: Approval): Promise<void> => {
    // A page that asked leads to the confirmation by itself, and an open page shows what waits.
    const question = approval.batch ?? approval.id;
    if (approval.state !== 'waiting' || approval.requester.via === 'page' || seen.has(question)) return;
    seen.add(question);
    if (streams.connected) return;
    const path = `confirmation.html?id=${encodeURIComponent(approval.id)}`;
    if (await openPage(path)) return;
    const what = approval.batch ? 'Several rotations wait' : `A rotation of “${approval.plan.target.name}” waits`;
    print(`${what} for you: \`rekey approve ${question}\`, or here:`);
    printAddress(path);
  };
  const stopListening = core.on((event) => {
    streams.send(event);
    if (event.name !== 'approval') return;
    askThePerson(event.payload).catch(() => print('Rekey could not open your browser. See `rekey approvals`.'));
  });

  print(`Rekey is at ${url}`);
  const opened = options.open && (await openPage());
  if (!opened || terminal) printAddress();

  return {
    url,
    openPage,
    async show() {
      if (await openPage()) return true;
      if (terminal) printAddress();
      return terminal;
    },
    async close() {
      stopListening();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await streams.close();
      server.closeAllConnections();
      await closed;
      await files.close();
    },
  };
}
