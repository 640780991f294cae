import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type BrowserShell, startBrowserShell } from '../../main/shells/browser/browser-shell.ts';
import { type Living, startLiving } from './living.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** What a signed-in page sends along. */
export interface SignedIn extends Record<string, string> {
  readonly cookie: string;
  readonly 'rekey-page': string;
}

/** The pages on a real core, and a page of them that is signed in. */
export interface Pages {
  readonly living: Living;
  readonly port: number;
  readonly signedIn: SignedIn;
  /** A fresh one-time token. */
  token(): Promise<string>;
  signIn(): Promise<SignedIn>;
  /** A request with these headers and no others but the host and the length. */
  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | string[]>>,
    body?: string | Buffer,
  ): Promise<Answer>;
  /** A call as the page makes it, but for what is said otherwise. */
  call(name: string, body: string | Buffer, headers?: Readonly<Record<string, string | string[]>>): Promise<Answer>;
  /** These very bytes on a connection of their own; what comes until it ends, or for a second. */
  raw(bytes: string | Buffer): Promise<string>;
  /** Nothing was changed, nothing of the key said, and the page that is signed in is served as ever. */
  unharmed(said?: string): Promise<void>;
  close(): Promise<void>;
}

export async function startPages(): Promise<Pages> {
  const living = await startLiving();
  const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  await writeFile(join(folder, 'index.html'), '<title>Rekey</title>');
  const printed: string[] = [];
  const shell: BrowserShell = await startBrowserShell({
    core: living.sandbox.rekey.core,
    dataFolder: living.sandbox.rekey.dataFolder,
    pages: folder,
    open: false,
    terminal: true,
    print: (line) => printed.push(line),
    env: { BROWSER: join(folder, 'none') },
  });
  const port = Number(new URL(shell.url).port);
  const host = `127.0.0.1:${port}`;
  const json = { host, origin: `http://${host}`, 'content-type': 'application/json' };

  const send: Pages['send'] = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const token = async (): Promise<string> => {
    await shell.show();
    return /#token=([\w-]+)/.exec(printed.at(-1) ?? '')?.[1] ?? '';
  };
  const signIn = async (): Promise<SignedIn> => {
    const answer = await send('POST', '/session', json, JSON.stringify({ token: await token() }));
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return { cookie, 'rekey-page': JSON.parse(answer.text).result.pageKey };
  };
  const signedIn = await signIn();
  const call: Pages['call'] = (name, body, headers = {}) =>
    send('POST', `/call/${name}`, { ...json, ...signedIn, ...headers }, body);
  return {
    living,
    port,
    signedIn,
    token,
    signIn,
    send,
    call,
    raw: (bytes) =>
      new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        let said = '';
        socket.setEncoding('latin1').on('data', (text: string) => {
          said += text;
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(said));
        socket.setTimeout(1_000, () => socket.destroy());
        socket.write(bytes);
      }),
    async unharmed(said) {
      const answer = await call('listCredentials', '{}');
      expect([answer.status, JSON.parse(answer.text).result[0].name]).toEqual([200, 'work']);
      await living.unharmed(said);
    },
    async close() {
      await shell.close();
      await living.close();
      await rm(folder, { recursive: true });
    },
  };
}
