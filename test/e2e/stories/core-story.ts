import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { root } from '../../../build/build.ts';
import { type BrowserShell, startBrowserShell } from '../../../main/shells/browser/browser-shell.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';

export { expect } from 'playwright/test';

interface CoreStory {
  readonly sandbox: Sandbox;
  /** With the address that signs a page in, once. */
  readonly shell: BrowserShell & { readonly address: string };
}

/** The whole core in a temporary home, and the real pages on it. */
export const test = base.extend<CoreStory>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the first argument taken apart
  sandbox: async ({}, use) => {
    const sandbox = await openSandbox();
    await use(sandbox);
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
});
