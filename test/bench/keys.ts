import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { type BrowserShell, startBrowserShell } from '../../main/shells/browser/browser-shell.ts';
import config from '../../playwright.config.ts';
import buildPages from '../e2e/build-pages.ts';
import { manyCredentials } from '../e2e/scripted/credentials.ts';
import { ScriptedCore } from '../e2e/scripted/scripted-core.ts';
import type { Bench } from './bench.ts';

const MANY = 1_000;
const FEW = 10;
/** Fits `key 10` of the few, and a dozen of the many. */
const ASKED = 'key 10';

let pages: Promise<string> | null = null;
let browser: Promise<Browser> | null = null;
const opened = new Map<number, Promise<Opened>>();

interface Opened {
  readonly shell: BrowserShell;
  readonly page: Page;
}

/** The pages as they are shipped, made on first use. */
async function builtPages(): Promise<string> {
  await buildPages();
  const folder = process.env.REKEY_TEST_PAGES ?? '';
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The Keys page in a real Chromium, signed in to a core that has so many keys. */
async function open(count: number): Promise<Opened> {
  pages ??= builtPages();
  browser ??= chromium.launch(config.use?.launchOptions ?? {});
  const folder = mkdtempSync(join(tmpdir(), 'rekey-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const core = new ScriptedCore();
  core.credentials = manyCredentials(count);
  const printed: string[] = [];
  const shell = await startBrowserShell({
    core,
    dataFolder: folder,
    pages: await pages,
    open: false,
    terminal: true,
    print: (line) => printed.push(line),
    env: { BROWSER: join(folder, 'no-such-browser') },
  });
  const page = await (await browser).newPage({ viewport: { width: 1180, height: 800 } });
  await page.addInitScript(defineDrawn);
  await page.goto(/http:\S+#token=\S+/.exec(printed.join('\n'))?.[0] ?? '');
  await page.evaluate(() => drawn('key 1'));
  return { shell, page };
}

/** In the page: when this key is the first of the list and drawn, in milliseconds since the page was asked for. */
declare function drawn(name: string): Promise<number>;

function defineDrawn(): void {
  const isFirst = (name: string): boolean => document.querySelector('.keys h2')?.textContent === name;
  const painted = (): Promise<number> =>
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
  const drawn = (name: string): Promise<number> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isFirst(name)) return;
        observer.disconnect();
        resolve(painted());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true, characterData: true });
      look();
    });
  Object.assign(globalThis, { drawn });
}

function pageWith(count: number): Promise<Page> {
  const there = opened.get(count) ?? open(count);
  opened.set(count, there);
  return there.then(({ page }) => page);
}

async function firstPaint(count: number): Promise<number> {
  const page = await pageWith(count);
  await page.reload();
  return await page.evaluate(() => drawn('key 1'));
}

/** From the last letter to the list that is drawn. */
async function filter(count: number): Promise<number> {
  const page = await pageWith(count);
  return await page.evaluate(async (asked) => {
    const field = document.querySelector<HTMLInputElement>('input[type=search]');
    if (!field) throw new Error('there is no field to search in');
    const write = (text: string): void => {
      // As React hears it: it has set a setter of its own.
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const begun = performance.now();
    write(asked);
    const took = (await drawn(asked)) - begun;
    write('');
    await drawn('key 1');
    return took;
  }, ASKED);
}

async function end(): Promise<void> {
  for (const { shell } of await Promise.all(opened.values())) await shell.close();
  await (await browser)?.close();
  opened.clear();
  browser = null;
}

const few = `${FEW} keys`;

/** What many keys cost a person who looks at them: a list that draws only what is in sight costs the same for all. */
const bench: Bench = {
  name: 'keys',
  cases: [
    {
      name: `keys first paint of ${MANY}`,
      unit: 'ms',
      runs: 15,
      ours: () => firstPaint(MANY),
      peers: { [few]: () => firstPaint(FEW) },
      end,
    },
    {
      name: `keys filter of ${MANY}`,
      unit: 'ms',
      runs: 30,
      ours: () => filter(MANY),
      peers: { [few]: () => filter(FEW) },
      end,
    },
  ],
};

export default bench;
