import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';
import type { Requester } from '../../main/approvals/approval.schema.ts';
import { type BrowserShell, startBrowserShell } from '../../main/shells/browser/browser-shell.ts';
import { ScriptedCore } from './scripted/scripted-core.ts';

export { expect } from 'playwright/test';

export const agent: Requester = {
  via: 'agent',
  program: 'node',
  pid: 48213,
  client: { name: 'claude-code', version: '2.1.14' },
};

/** The real browser shell over a scripted core, and the page that a person sees of it. */
export class PageUnderTest {
  readonly core = new ScriptedCore();
  readonly page: Page;
  /** What the browser complained of: a breach of the policy, an error in a script, a missing file. */
  readonly complaints: string[] = [];
  #shell: BrowserShell | null = null;
  #printed: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }

  async start(dataFolder: string, port = 0): Promise<void> {
    const pages = process.env.REKEY_TEST_PAGES;
    if (!pages) throw new Error('the pages were not built: see build-pages.ts');
    this.#printed = [];
    this.#shell = await startBrowserShell({
      core: this.core,
      dataFolder,
      pages,
      port,
      open: false,
      terminal: true,
      print: (line) => this.#printed.push(line),
      env: { BROWSER: join(dataFolder, 'no-such-browser') },
    });
  }

  async stop(): Promise<void> {
    await this.#shell?.close();
    this.#shell = null;
  }

  get url(): string {
    if (!this.#shell) throw new Error('the shell does not run');
    return this.#shell.url;
  }

  /** The address with a token, as a terminal shows it. */
  get address(): string {
    const address = this.#printed.join('\n').match(/http:\S+#token=\S+/)?.[0];
    if (!address) throw new Error('no address was printed');
    return address;
  }

  /** Signs in and goes to a page. */
  async open(path = ''): Promise<void> {
    await this.page.goto(this.address);
    await expect(this.page.getByRole('navigation')).toBeVisible();
    // It may stand there before the page has signed in.
    await this.page.waitForFunction(() => sessionStorage.getItem('rekey-page'));
    if (path !== '') await this.page.goto(this.url + path);
  }

  async openConfirmation(id: string): Promise<void> {
    await this.open(`confirmation.html?id=${id}`);
  }
}

export const test = base.extend<{ rekey: PageUnderTest }>({
  rekey: async ({ page }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'rekey-'));
    const rekey = new PageUnderTest(page);
    await rekey.start(folder);
    await use(rekey);
    // A call that fails is told by the browser too; that one is meant.
    const complaints = rekey.complaints.filter((text) => !/the server responded with a status of (4|5)/.test(text));
    await rekey.stop();
    await rm(folder, { recursive: true, force: true });
    expect(complaints).toEqual([]);
  },
});
