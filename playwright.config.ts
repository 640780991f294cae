import { existsSync } from 'node:fs';
import { defineConfig } from 'playwright/test';

const debianChromium = '/usr/bin/chromium';

/** The pages in a real browser; Debian's Chromium where it is, else the one that Playwright has. */
export default defineConfig({
  testDir: 'test/e2e',
  globalSetup: './test/e2e/build-pages.ts',
  outputDir: 'test/results/playwright',
  reporter: [['list'], ['json', { outputFile: 'test/results/playwright.json' }]],
  workers: 2,
  // Beside their spec; the same on every machine, see box-font.ts.
  snapshotPathTemplate: '{testDir}/pictures/{arg}{ext}',
  retries: 0,
  timeout: 60_000,
  // The core, its keychain and two browsers share a machine's two cores.
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1180, height: 800 },
    launchOptions: {
      ...(existsSync(debianChromium) && { executablePath: debianChromium }),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-gpu',
      ],
    },
  },
});
