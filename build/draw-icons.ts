import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { root } from './build.ts';
import { ICNS_SIZES, icns, ico, type Png } from './icon-files.ts';

/** `node build/draw-icons.ts`: the app's icons in `build/icons/app`, from the pages' own. Run it when that has changed. */
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512];
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** macOS leaves a margin around the shape: 824 of 1024 pixels are the icon. */
const MAC_SHARE = 824 / 1024;

const drawing = join(root, 'renderer/look/icon.svg');
const folder = join(root, 'build/icons/app');
const debianChromium = '/usr/bin/chromium';

const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(existsSync(debianChromium) && { executablePath: debianChromium }),
});
const svg = await readFile(drawing, 'utf8');
try {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'linux'), { recursive: true });
  for (const { size, bytes } of await draw(browser, LINUX_SIZES)) {
    await writeFile(join(folder, 'linux', `${size}x${size}.png`), bytes);
  }
  await writeFile(join(folder, 'icon.ico'), ico(await draw(browser, WINDOWS_SIZES)));
  await writeFile(join(folder, 'icon.icns'), icns(await draw(browser, ICNS_SIZES, MAC_SHARE)));
} finally {
  await browser.close();
}

/** @param share how much of the width and height the drawing takes; the rest is transparent. */
async function draw(browser: Browser, sizes: readonly number[], share = 1): Promise<Png[]> {
  const page = await browser.newPage();
  const pictures: Png[] = [];
  for (const size of sizes) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0;height:100vh;display:grid;place-items:center}svg{width:${100 * share}vw}</style>${svg}`,
    );
    pictures.push({ size, bytes: await page.screenshot({ omitBackground: true }) });
  }
  await page.close();
  return pictures;
}
