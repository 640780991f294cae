import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { keyringMissing, keyringPresent } from '../../credentials/gnome-keyring.ts';
import { type FakeBitscale, startBitscale } from '../../fakes/bitscale.ts';
import { App } from './app.ts';
import { ClaudeCode } from './claude-code.ts';

export { expect } from 'playwright/test';

/** What a story has: a temporary home, a stand-in service, the built app in it on a real keyring, and Claude Code. */
interface Story {
  readonly home: string;
  readonly service: FakeBitscale;
  readonly app: App;
  readonly claude: ClaudeCode;
}

export const test = base.extend<Story>({
  // Playwright wants the first argument taken apart, also where a fixture needs none.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'rekey-'));
    await use(home);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  service: async ({}, use) => {
    const service = await startBitscale();
    await use(service);
    await service.stop();
  },
  app: async ({ home }, use) => {
    base.skip(!keyringPresent, keyringMissing ?? '');
    const app = new App(home);
    await app.start();
    await use(app);
    await app.stop();
  },
  claude: async ({ home }, use) => {
    const claude = await ClaudeCode.install(home);
    base.skip('missing' in claude, 'missing' in claude ? claude.missing : '');
    if (!('missing' in claude)) await use(claude);
  },
});
