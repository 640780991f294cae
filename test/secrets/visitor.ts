import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright';
import config from '../../playwright.config.ts';
import type { CallInput, CallName, CallOutput } from '../../preload/contract.ts';
import type { FakeBitscale } from '../fakes/bitscale.ts';
import type { Stage } from './stage.ts';
import type { Place } from './sweep.ts';

/** A person before the pages in Chromium, whose profile lies in the home's temporary folder. */
export class Visitor {
  /** What the page showed, kept and said, each time that somebody looked. */
  readonly seen: Place[] = [];
  readonly #context: BrowserContext;
  readonly #page: Page;

  /** @param mark told of the one-time token that the browser was given, and of the page's own. */
  static async open(stage: Stage, mark: (token: string) => void): Promise<Visitor> {
    // Another one while the app runs: it opens its page.
    const file = await openedAfter(stage, () => stage.app.run(['serve']));
    mark(/#token=([\w-]+)/.exec(await readFile(fileURLToPath(file), 'utf8'))?.[1] ?? '');
    const context = await chromium.launchPersistentContext(
      join(stage.home, 'tmp', 'chromium'),
      config.use?.launchOptions,
    );
    const page = context.pages()[0] ?? (await context.newPage());
    const visitor = new Visitor(context, page);
    await page.goto(file);
    await page.getByRole('link', { name: 'Keys' }).waitFor();
    // The page may stand there before it has signed in.
    const session = await page.waitForFunction(() => sessionStorage.getItem('rekey-page'));
    mark((await session.jsonValue()) ?? '');
    return visitor;
  }

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
    page.on('console', (message) =>
      this.seen.push({ name: 'console of the page', bytes: Buffer.from(message.text()) }),
    );
  }

  /** Types a key into the dialog. */
  async add(name: string, { key, url }: FakeBitscale): Promise<void> {
    const page = this.#page;
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('button', { name: 'Add key' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add a key' });
    await dialog.getByRole('button', { name: /Service/ }).click();
    await page.getByRole('option', { name: 'BitScale' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('textbox', { name: 'Key' }).fill(key);
    await dialog.getByText('Advanced', { exact: true }).click();
    await dialog.getByLabel('Address of the service').fill(url);
    await dialog.getByRole('button', { name: 'Add key' }).click();
    // The key may be listed a moment before the form in which it was typed is gone.
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('listitem').filter({ hasText: name }).waitFor();
    await this.look(`after “${name}” was added`);
  }

  /** Confirms in the page, and stays until the page says that there is a new key. */
  async rotate(name: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('link', { name: 'Keys' }).click();
    await page.getByRole('button', { name: `Rotate “${name}”…`, exact: true }).click();
    const rotate = page.getByRole('button', { name: `Rotate “${name}”`, exact: true });
    await rotate.waitFor();
    await this.look(`before “${name}” is rotated`);
    for (const box of await page.getByRole('checkbox', { name: /^Quit .+ and start it again$/ }).all())
      await box.uncheck();
    await rotate.click();
    await page.getByText(`“${name}” has a new key`, { exact: true }).waitFor();
    await this.look(`after “${name}” was rotated`);
    await page.goto(new URL('/', page.url()).href);
  }

  async visit(link: string): Promise<void> {
    await this.#page.getByRole('link', { name: link }).click();
    await this.#page.getByRole('main').getByRole('heading').first().waitFor();
    await this.look(`at ${link}`);
  }

  /** A call as the page makes it. @throws when it fails, with the code. */
  async call<K extends CallName>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
    const text = await this.#page.evaluate(
      async ([path, body]) => {
        const page = sessionStorage.getItem('rekey-page') ?? '';
        const headers = { 'Content-Type': 'application/json', 'Rekey-Page': page };
        return (await fetch(`/call/${path}`, { method: 'POST', headers, body })).text();
      },
      [name, JSON.stringify(input)] as const,
    );
    this.seen.push({ name: `answer to ${name} in the page`, bytes: Buffer.from(text) });
    const answer = JSON.parse(text);
    if ('failure' in answer) throw new Error(`${name}: ${answer.failure.code}`);
    return answer.result;
  }

  /** Id of the rotation of this credential that was begun last. */
  async rotationOf(credential: string): Promise<string> {
    const rotations = await this.call('listRotations', {});
    const own = rotations.filter(({ target }) => target.name === credential);
    return own.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt))[0]?.id ?? '';
  }

  async look(when: string): Promise<void> {
    const kept = await this.#page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie, location.href]));
    const shown = await this.#page.content();
    this.seen.push(
      { name: `page ${when}`, bytes: Buffer.from(shown) },
      { name: `storage ${when}`, bytes: Buffer.from(kept) },
    );
  }

  leave(): Promise<void> {
    return this.#context.close();
  }
}

/** The address that the app gives to the browser while something is done. */
async function openedAfter({ app }: Stage, work: () => Promise<unknown>): Promise<string> {
  const before = await app.opened();
  await work();
  for (;;) {
    const now = await app.opened();
    if (now !== null && now !== before) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
