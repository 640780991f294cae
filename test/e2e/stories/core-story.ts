import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test as base, expect, type Page } from 'playwright/test';
import { root } from '../../../build/build.ts';
import type { RekeyOptions } from '../../../main/rekey.ts';
import { type BrowserShell, startBrowserShell } from '../../../main/shells/browser/browser-shell.ts';
import { type FakeBitscale, startBitscale } from '../../fakes/bitscale.ts';
import { type FakeResend, startResend } from '../../fakes/resend.ts';
import { Agent } from '../../mcp/agent.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { StandInHost, type StandInState } from '../../sandbox/stand-in-host.ts';

export { expect } from 'playwright/test';

interface CoreStory {
  /** How the core differs from the sandbox's usual one. */
  readonly sandboxOptions: Partial<RekeyOptions>;
  readonly sandbox: Sandbox;
  /** With the address that signs a page in, once. */
  readonly shell: BrowserShell & { readonly address: string };
  /** A service that rotates a key in place. */
  readonly bitscale: FakeBitscale;
  /** A service that makes a second key and revokes the first one. */
  readonly resend: FakeResend;
  /** A real program in the place of Claude Desktop. */
  readonly host: StandInHost;
  /** A program with a real `rekey mcp` of its own. */
  readonly agent: Agent;
}

/** The whole core in a temporary home, and the real pages on it. */
export const test = base.extend<CoreStory>({
  sandboxOptions: [{}, { option: true }],
  sandbox: async ({ sandboxOptions }, use) => {
    const sandbox = await openSandbox(sandboxOptions);
    await use(sandbox);
    sandbox.keychain.locked = false;
    await sandbox.dispose();
  },
  shell: async ({ sandbox }, use) => {
    const printed: string[] = [];
    const shell = await startBrowserShell({
      core: sandbox.rekey.core,
      dataFolder: sandbox.rekey.dataFolder,
      pages: process.env.REKEY_TEST_PAGES ?? join(root, 'dist', 'renderer'),
      open: false,
      terminal: true,
      print: (line) => printed.push(line),
      env: { BROWSER: join(sandbox.home, 'no-such-browser') },
    });
    await use({ ...shell, address: /http:\S+#token=\S+/.exec(printed.join('\n'))?.[0] ?? '' });
    await shell.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the first argument taken apart
  bitscale: async ({}, use) => {
    const service = await startBitscale();
    await use(service);
    await service.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  resend: async ({}, use) => {
    const service = await startResend();
    await use(service);
    await service.stop();
  },
  host: async ({ sandbox }, use) => {
    const host = new StandInHost(sandbox.home);
    await use(host);
    await host.end();
  },
  agent: async ({ sandbox }, use) => {
    const agent = await Agent.connect({ program: join(root, 'dist', 'rekey.mjs') }, sandbox.rekey.dataFolder, 'helper');
    await agent.client.listTools();
    await use(agent);
    await agent.close();
  },
});

/** The config of a host with one server that has this key in a variable. */
const config = (variable: string, key: string): string =>
  `${JSON.stringify({ mcpServers: { one: { command: 'npx', env: { [variable]: key } } }, theme: 'dark' }, null, 2)}\n`;

/** What stands on disk: a key in the files of hosts, and nothing else of them changed. */
export class KeyOnDisk {
  readonly #files: readonly string[];
  readonly #variable: string;

  private constructor(files: readonly string[], variable: string) {
    this.#files = files;
    this.#variable = variable;
  }

  /** Writes the configs of Claude Code and Cursor with this key. */
  static async place({ home }: Sandbox, variable: string, key: string): Promise<KeyOnDisk> {
    const files = [join(home, '.claude.json'), join(home, '.cursor', 'mcp.json')];
    for (const file of files) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, config(variable, key));
    }
    return new KeyOnDisk(files, variable);
  }

  async expect(key: string): Promise<void> {
    const texts = await Promise.all(this.#files.map((file) => readFile(file, 'utf8')));
    expect(texts).toEqual(this.#files.map(() => config(this.#variable, key)));
  }
}

/** “work” of BitScale, in Rekey and in the configs of two hosts. */
export async function haveWork(sandbox: Sandbox, service: FakeBitscale): Promise<KeyOnDisk> {
  const onDisk = await KeyOnDisk.place(sandbox, 'BITSCALE_API_KEY', service.key);
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  return onDisk;
}

/** “mail” of Resend, in Rekey and in the configs of two hosts. */
export async function haveMail(sandbox: Sandbox, service: FakeResend): Promise<KeyOnDisk> {
  const onDisk = await KeyOnDisk.place(sandbox, 'RESEND_API_KEY', service.key);
  await sandbox.call('addCredential', { name: 'mail', provider: 'resend', key: service.key, baseUrl: service.url });
  return onDisk;
}

/** “work” of BitScale, in Rekey and in the config of a program that runs, and keeps it in memory. */
export async function haveWorkInHost(
  sandbox: Sandbox,
  service: FakeBitscale,
  host: StandInHost,
): Promise<StandInState> {
  await host.install(service.key);
  await sandbox.call('addCredential', { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url });
  return host.start('--theme', 'dark');
}

/** Rotates “work”, and leaves the program running that has its old key in memory. */
export async function rotateBesideHost(page: Page): Promise<void> {
  await askToRotate(page, 'work');
  await page.getByRole('checkbox', { name: 'Quit Claude Desktop and start it again' }).uncheck();
  await confirm(page, 'work');
  await expect(page.getByText('“work” has a new key', { exact: true })).toBeVisible();
}

/** Presses *Rotate* at a key of the list, and waits for its confirmation. */
export async function askToRotate(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Rotate “${name}”…` }).click();
  await expect(page.getByRole('button', { name: `Rotate “${name}”`, exact: true })).toBeEnabled();
}

export async function confirm(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Rotate “${name}”`, exact: true }).click();
}

/** One of the steps under *Progress*. */
export function step(page: Page, words: string) {
  return page.getByRole('region', { name: 'Progress' }).getByRole('listitem').filter({ hasText: words });
}

export async function expectNoKeyOn(page: Page, ...keys: readonly string[]): Promise<void> {
  const content = await page.content();
  for (const key of keys) expect(content).not.toContain(key);
}
