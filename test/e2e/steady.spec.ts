import { expect, type Page } from 'playwright/test';
import { agent, type PageUnderTest, test } from './page-test.ts';
import { ends } from './scripted/rotation.ts';

/** So that each answer of the core is drawn before the next one comes. In milliseconds. */
const APART_MS = 30;

/** Each page, with what a busy person may have above it. */
const PAGES: Record<string, (rekey: PageUnderTest) => string> = {
  keys: () => '#/keys',
  'keys with much above them': ({ core }) => {
    core.putRotation(ends['done-in-part'](core.ask(agent, 'market')));
    core.makeDue('work', 93);
    core.notices = [{ code: 'file-set-aside', message: 'A file was moved aside.', wayOut: 'Look at it.' }];
    return '#/keys';
  },
  'the page of a key': ({ core }) => `#/keys/${core.credentials[0]?.id}`,
  hosts: () => '#/hosts',
  activity: () => '#/activity',
  settings: () => '#/settings',
  'a rotation': ({ core }) => {
    const approval = core.ask(agent);
    core.approvals = [];
    return `#/rotation/${core.putRotation(ends['done-in-part'](approval)).id}`;
  },
  practice: () => '#/practice',
  welcome: ({ core }) => {
    core.credentials = [];
    return '#/welcome';
  },
  'a confirmation': ({ core }) => `confirmation.html?id=${core.ask(agent).id}`,
};

interface Shift {
  readonly value: number;
  readonly moved: readonly string[];
}

/** Notes what moves in the page without the person having done anything, until it is asked for. */
async function watchShifts(page: Page): Promise<() => Promise<Shift[]>> {
  await page.addInitScript(() => {
    type Entry = PerformanceEntry & { readonly value: number; readonly sources: readonly { readonly node?: Node }[] };
    const shifts: Shift[] = [];
    const words = (node: Node | undefined): string => (node instanceof Element ? node.outerHTML.slice(0, 120) : 'text');
    const take = (entries: PerformanceEntryList): void => {
      for (const { value, sources } of entries as Entry[])
        shifts.push({ value, moved: sources.map(({ node }) => words(node)) });
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    const shiftsSoFar = (): Shift[] => {
      take(observer.takeRecords());
      return shifts;
    };
    Object.assign(globalThis, { shiftsSoFar });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shiftsSoFar(): Shift[] }).shiftsSoFar());
}

/** Lets the core's answers come one by one. */
class AnswersApart {
  #last = Promise.resolve();
  #asked = 0;
  #answered = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(): Promise<void> {
    await this.#page.route('**/call/*', async (route) => {
      this.#asked += 1;
      const turn = this.#last.then(() => new Promise<void>((resolve) => setTimeout(resolve, APART_MS)));
      this.#last = turn;
      await turn;
      await route.continue();
    });
    this.#page.on('requestfinished', (request) => {
      if (request.url().includes('/call/')) this.#answered += 1;
    });
  }

  /** Until all answers are drawn, and none of them has led to another question. */
  async end(): Promise<void> {
    let asked = 0;
    while (asked === 0 || asked < this.#asked) {
      await expect.poll(() => this.#answered > 0 && this.#answered === this.#asked).toBe(true);
      asked = this.#asked;
      // Which waits until it is drawn.
      await this.#page.screenshot({ clip: { x: 0, y: 0, width: 1, height: 1 } });
    }
  }
}

for (const [name, addressOf] of Object.entries(PAGES)) {
  test(`nothing moves while ${name} loads, answer by answer`, async ({ rekey, page }) => {
    const path = addressOf(rekey);
    await rekey.open();
    await page.goto('about:blank');
    // However slow the machine is, no page gets tired of waiting.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 60_000);
    const shifts = await watchShifts(page);
    const answers = new AnswersApart(page);
    await answers.start();
    await page.goto(rekey.url + path);
    await answers.end();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await shifts()).toEqual([]);
  });
}
