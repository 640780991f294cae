import type { ErrorView } from '../../main/errors.ts';
import { type BrowserShell, startBrowserShell } from '../../main/shells/browser/browser-shell.ts';
import type { CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';

/** What a call over HTTP has answered. */
export type Answer<K extends CallName> = { readonly result: CallOutput<K> } | { readonly failure: ErrorView };

/** A page as the browser shell knows one: signed in over HTTP, at a real port. */
export class HttpPage {
  readonly #shell: BrowserShell;
  readonly #headers: Readonly<Record<string, string>>;

  static async open(sandbox: Sandbox): Promise<HttpPage> {
    const printed: string[] = [];
    const shell = await startBrowserShell({
      core: sandbox.rekey.core,
      dataFolder: sandbox.rekey.dataFolder,
      pages: sandbox.home,
      open: false,
      terminal: true,
      print: (line) => printed.push(line),
      env: { BROWSER: `${sandbox.home}/no-such-browser` },
    });
    const token = /#token=(\S+)/.exec(printed.join('\n'))?.[1];
    const { origin } = new URL(shell.url);
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/session`, { method: 'POST', headers, body: JSON.stringify({ token }) });
    const { result } = (await answer.json()) as { result: { pageKey: string } };
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    return new HttpPage(shell, { ...headers, cookie, 'rekey-page': result.pageKey });
  }

  private constructor(shell: BrowserShell, headers: Readonly<Record<string, string>>) {
    this.#shell = shell;
    this.#headers = headers;
  }

  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<Answer<K>> {
    const answer = await fetch(new URL(`call/${name}`, this.#shell.url), {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify(input),
    });
    return (await answer.json()) as Answer<K>;
  }

  close(): Promise<void> {
    return this.#shell.close();
  }
}
