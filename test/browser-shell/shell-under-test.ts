import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserShell, startBrowserShell } from '../../main/shells/browser/browser-shell.ts';
import { SmallCore } from './small-core.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What a page sends along once it is signed in. */
export interface SignedIn {
  readonly cookie: string;
  readonly 'rekey-page': string;
}

/** A shell on a real port, with a folder of pages and a `BROWSER` that writes down what it was told to open. */
export class ShellUnderTest {
  readonly core = new SmallCore();
  readonly printed: string[] = [];
  folder = '';
  shell!: BrowserShell; // set by start(), which is the only way to one

  static async start(options: { terminal?: boolean; open?: boolean; browser?: boolean } = {}): Promise<ShellUnderTest> {
    const test = new ShellUnderTest();
    test.folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    const pages = join(test.folder, 'pages');
    await mkdir(join(pages, 'assets'), { recursive: true });
    await writeFile(join(pages, 'index.html'), '<title>Rekey</title>');
    await writeFile(join(pages, 'confirmation.html'), '<title>Confirm</title>');
    await writeFile(join(pages, 'assets', 'app-abc123.js'), 'export {};');
    await writeFile(join(pages, '.hidden.js'), 'hidden');
    await writeFile(join(test.folder, 'outside.js'), 'outside');
    const browser = join(test.folder, 'browser');
    await writeFile(
      browser,
      `#!/bin/sh\necho "$*" >> '${test.folder}/opened.tmp'\ncp "$1" '${test.folder}/page.tmp'\n`,
    );
    await chmod(browser, 0o755);
    test.shell = await startBrowserShell({
      core: test.core,
      dataFolder: join(test.folder, 'data'),
      pages,
      open: options.open ?? false,
      terminal: options.terminal ?? false,
      print: (line) => test.printed.push(line),
      env: { BROWSER: options.browser === false ? join(test.folder, 'no-such-browser') : browser },
    });
    return test;
  }

  async stop(): Promise<void> {
    await this.shell.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  get port(): number {
    return Number(new URL(this.shell.url).port);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The files in the run folder. */
  async openingFiles(): Promise<string[]> {
    return await readdir(join(this.folder, 'data', 'run'));
  }

  /** What the browser was given on its command line, once it has been started. */
  async opened(): Promise<string[]> {
    return (await this.#appears('opened.tmp', '\n')).trim().split('\n');
  }

  /** The page that the browser was given, as it was when it looked. */
  async openedPage(): Promise<string> {
    return await this.#appears('page.tmp', '</html>');
  }

  async token(): Promise<string> {
    await this.shell.openPage();
    const token = /#token=([\w-]+)/.exec(await this.openedPage())?.[1];
    if (!token) throw new Error('the page to open holds no token');
    await rm(join(this.folder, 'page.tmp'));
    return token;
  }

  async signIn(extra: Record<string, string> = {}): Promise<SignedIn> {
    const answer = await this.post('/session', { token: await this.token() }, extra);
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return { cookie, 'rekey-page': (JSON.parse(answer.text) as { result: { pageKey: string } }).result.pageKey };
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return await this.send(path, {
      method: 'POST',
      headers: { origin: this.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** A page that listens to the events; `next` gives what it is told, piece by piece. */
  async listen(): Promise<{ response: IncomingMessage; next: () => Promise<string> }> {
    const headers = { ...(await this.signIn()), host: `127.0.0.1:${this.port}` };
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request({ host: '127.0.0.1', port: this.port, path: '/events', headers }, resolve).on('error', reject).end();
    });
    const pieces = response.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
    return { response, next: async () => (await pieces.next()).value as string };
  }

  /** With `path` as it stands: no client tidies it up. */
  send(path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async #appears(name: string, until: string): Promise<string> {
    for (let tries = 0; tries < 500; tries++) {
      const text = await readFile(join(this.folder, name), 'utf8').catch(() => '');
      if (text.includes(until)) return text;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the browser was not started: no ${name}`);
  }
}
