import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from 'playwright/test';
import { keyringMissing, keyringPresent } from '../../credentials/gnome-keyring.ts';
import { type FakeBitscale, startBitscale } from '../../fakes/bitscale.ts';
import { ClaudeCode } from '../../hosts-themselves/claude-code.ts';
import { RecordingEndpoint } from '../../hosts-themselves/recording-endpoint.ts';
import { RecordingServer } from '../../hosts-themselves/recording-server.ts';
import { App } from './app.ts';

export { expect } from 'playwright/test';

/** What a story has: a temporary home, a stand-in service, the built app in it on a real keyring, and Claude Code with servers to add. */
interface Story {
  /** Below the home, for CLAUDE_CONFIG_DIR; empty where it isn't set. */
  readonly claudeFolder: string;
  readonly home: string;
  readonly service: FakeBitscale;
  readonly app: App;
  readonly claude: ClaudeCode;
  readonly server: RecordingServer;
  readonly endpoint: RecordingEndpoint;
}

export const test = base.extend<Story>({
  claudeFolder: ['', { option: true }],
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
  app: async ({ home, claudeFolder }, use) => {
    base.skip(!keyringPresent, keyringMissing ?? '');
    const app = new App(home, claudeFolder === '' ? {} : { CLAUDE_CONFIG_DIR: join(home, claudeFolder) });
    await app.start();
    await use(app);
    await app.stop();
  },
  claude: [
    async ({ home, claudeFolder }, use) => {
      const installed = await ClaudeCode.install();
      base.skip('missing' in installed, 'missing' in installed ? installed.missing : '');
      await use(await ClaudeCode.at(home, claudeFolder === '' ? null : join(home, claudeFolder)));
    },
    // The first time it is installed, which npm gets five minutes for.
    { timeout: 360_000 },
  ],
  server: async ({ home }, use) => use(await RecordingServer.write(join(home, 'server'))),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  endpoint: async ({}, use) => {
    const endpoint = await new RecordingEndpoint().listen();
    await use(endpoint);
    await endpoint.stop();
  },
});

/**
 * Confirms the rotation that the page shows. The app in a story sees all programs of this machine: those of whoever runs
 * the tests are not to be quit.
 */
export async function confirmRotation(page: Page, credential: string): Promise<void> {
  const rotate = page.getByRole('button', { name: `Rotate “${credential}”`, exact: true });
  await rotate.waitFor();
  for (const box of await page.getByRole('checkbox', { name: /^Quit .+ and start it again$/ }).all())
    await box.uncheck();
  await rotate.click();
}
