import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { callIn, type RunningApp, readableFolder, startApp } from './desktop/running-app.ts';
import { findRuntime } from './desktop/runtime.ts';

/**
 * The built app in a real Electron, on real windows. On a desktop of the test's own its tray is clicked over D-Bus, as
 * the person's panel would; on another from inside of the main process.
 */
const shots = join(import.meta.dirname, 'shots');
const runtime = findRuntime();
const why = typeof runtime === 'string' ? runtime : null;

test.skip(why !== null, why ?? '');

let script: string;
let built: string;
let running: RunningApp;

/** An app comes up for each, and a machine may be busy with others. */
test.describe.configure({ timeout: 90_000 });

test.beforeAll(async () => {
  if (typeof runtime === 'string') return;
  test.setTimeout(180_000);
  built = await readableFolder();
  script = await runtime.prepare(built);
  await mkdir(shots, { recursive: true });
});

test.afterAll(async () => {
  if (built) await rm(built, { recursive: true, force: true });
});

test.beforeEach(async () => {
  if (typeof runtime === 'string') return;
  running = await startApp(runtime, script);
  await callIn(running.main, 'chooseKeychain', { kind: 'file', passphrase: 'only for this test' });
});

test.afterEach(() => running.stop());

async function addKey(): Promise<void> {
  const { main, service } = running;
  const input = { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url };
  expect(await callIn(main, 'addCredential', input)).toHaveProperty('result');
}

function activityKinds(): string[] {
  const lines = readFileSync(join(running.home, 'rekey', 'activity.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line).kind);
}

function keyInFile(): string {
  return JSON.parse(readFileSync(running.file, 'utf8')).mcpServers.one.env.BITSCALE_API_KEY;
}

// The list of results has no place for the reason of a skip but the title.
test.describe(why === null ? 'in Electron' : `in Electron (left out: ${why})`, () => {
  test('a click in the tray, the confirmation, and the new key stands in the host’s file', async () => {
    const { app, main, service } = running;
    const old = service.key;
    await addKey();
    await main.getByText('work', { exact: true }).first().waitFor();
    await main.screenshot({ path: join(shots, 'electron-main.png') });
    const [confirmation] = await Promise.all([app.waitForEvent('window'), running.clickInTray('Rotate “work”…')]);
    const rotate = confirmation.getByRole('button', { name: /^Rotate “work”/ });
    await rotate.waitFor();
    await confirmation.screenshot({ path: join(shots, 'electron-confirmation.png') });
    await rotate.click();
    await expect.poll(keyInFile).not.toBe(old);
    expect(keyInFile()).toBe(service.key);
    expect(service.rotations).toBe(1);
    await confirmation.screenshot({ path: join(shots, 'electron-rotated.png') });
  });

  test('closing the confirmation is a no', async () => {
    const { app, main, service } = running;
    const old = service.key;
    await addKey();
    const [confirmation] = await Promise.all([app.waitForEvent('window'), running.clickInTray('Rotate “work”…')]);
    await confirmation.getByRole('button', { name: 'Cancel' }).waitFor();
    await confirmation.close();
    await expect
      .poll(async () => (await callIn(main, 'listApprovals', {})).result)
      .toMatchObject([{ state: 'denied' }]);
    expect(keyInFile()).toBe(old);
    expect(service.rotationRequests).toBe(0);
  });

  test('the windows have what the checklist asks for, in the running app', async () => {
    const { main, service } = running;
    expect(main.url()).toBe('app://rekey/index.html');
    expect(await main.evaluate(() => [typeof globalThis.process, 'require' in globalThis])).toEqual([
      'undefined',
      false,
    ]);
    expect(await main.evaluate(() => Object.keys(window.rekey ?? {}))).toEqual(['call', 'on']);
    const approve = { id: 'any', planHash: 'any' };
    expect(await callIn(main, 'approve', approve)).toMatchObject({ failure: { code: 'call-not-allowed' } });
    const fetched = (url: string): Promise<string> =>
      main.evaluate(
        (address) =>
          fetch(address).then(
            () => 'fetched',
            () => 'refused',
          ),
        url,
      );
    // Both by the policy, before any connection.
    expect(await fetched(service.url)).toBe('refused');
    expect(await fetched('app://rekey/..%2fmain.mjs')).toBe('refused');
    const ranInline = await main.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ranInline = true;';
      document.body.append(script);
      return 'ranInline' in globalThis;
    });
    expect(ranInline).toBe(false);
    expect(
      await main.evaluate(() => navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)),
    ).toBe('denied');
    expect(await main.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    const turnedDown = running.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          BrowserWindow.getAllWindows()[0]?.webContents.once('will-navigate', (event) => {
            setImmediate(() => resolve(event.defaultPrevented));
          });
        }),
    );
    await main.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(await turnedDown).toBe(true);
    expect(main.url()).toBe('app://rekey/index.html');
  });

  test('each page’s process is in the sandbox of the system', async () => {
    test.skip(process.platform !== 'linux', 'only Linux tells how a process is confined');
    const pids = await running.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()),
    );
    expect(pids).toHaveLength(1);
    for (const pid of pids) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      // 2: a filter stands between the process and the kernel.
      expect(status).toMatch(/^Seccomp:\t2$/m);
      expect(status).toMatch(/^NoNewPrivs:\t1$/m);
      // No capability is left, whatever the sandbox was set up with.
      expect(status).toMatch(/^CapEff:\t0+$/m);
    }
  });

  test('the tray tells how things stand in its menu, its tooltip and its icon, and its items lead into the app', async () => {
    const { app, main, desktop } = running;
    await addKey();
    await running.clickInTray('Settings…');
    await expect.poll(() => main.url()).toBe('app://rekey/index.html#/settings');
    await expect(main.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await main.screenshot({ path: join(shots, 'electron-settings.png') });
    if (!desktop) return;
    const { tray } = desktop;
    const tooltip = async (): Promise<string> => JSON.stringify((await tray.properties()).ToolTip);
    const icon = async (): Promise<string> => JSON.stringify((await tray.properties()).IconPixmap);
    await expect.poll(tooltip).toContain('Rekey: Your key is in order');
    const idle = await icon();
    const menu = await tray.menu();
    expect(menu.map(({ label, separator }) => (separator ? '-' : label))).toEqual([
      'Your key is in order',
      '-',
      'work · BitScale · new today',
      '-',
      'Open Rekey',
      'Practice…',
      'Settings…',
      '-',
      'Quit Rekey',
    ]);
    expect(menu[0]?.enabled).toBe(false);
    expect(menu[2]?.items.map(({ label }) => label)).toEqual([
      'Rotate “work”…',
      'Verify “work”',
      'Copy the key of “work”',
    ]);
    const [confirmation] = await Promise.all([app.waitForEvent('window'), running.clickInTray('Rotate “work”…')]);
    await expect.poll(tooltip).toContain('Waiting for you');
    expect(await icon()).not.toBe(idle);
    await confirmation.close();
    await expect.poll(tooltip).toContain('in order');
    await main.close();
    const [again] = await Promise.all([app.waitForEvent('window'), tray.activate()]);
    expect(again.url()).toBe('app://rekey/index.html');
  });

  test('a key is copied from the tray, and a notification says so without it', async () => {
    const { app, service, desktop } = running;
    test.skip(desktop === null, 'the clipboard of this desktop is the person’s');
    if (!desktop) return;
    await addKey();
    await running.clickInTray('Copy the key of “work”');
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(service.key);
    await expect
      .poll(() => desktop.notifications.shown)
      .toEqual([{ id: 1, title: 'The key of “work” was copied', body: 'It leaves the clipboard after 30 seconds.' }]);
  });

  test('a second start gives way to the first, which comes up; with an address it is refused', async () => {
    const { app, main } = running;
    await main.close();
    const [again] = await Promise.all([app.waitForEvent('window'), running.startAgain()]);
    expect(again.url()).toBe('app://rekey/index.html');
    await again.close();
    expect(await running.startAgain('rekey://rotate?credential=work')).toBe(0);
    await expect.poll(() => activityKinds()).toContain('link-refused');
    expect(app.windows()).toEqual([]);
  });

  test('a page whose process has died is loaded again, once, and a note of it holds nothing of the page', async () => {
    const { app, main, home } = running;
    await addKey();
    const crashed = main.waitForEvent('crash');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await crashed;
    const isThere = (): Promise<boolean> =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window !== undefined && !window.webContents.isCrashed() && !window.webContents.isLoading();
      });
    await expect.poll(isThere).toBe(true);
    const { notes } = JSON.parse(readFileSync(join(home, 'rekey', 'crashes.json'), 'utf8'));
    expect(notes).toMatchObject([{ where: 'page', frames: [] }]);
  });

  test('a rotation by hand leads from its confirmation to the field for the new key', async () => {
    const { app, main } = running;
    await addKey();
    const [confirmation] = await Promise.all([
      app.waitForEvent('window'),
      callIn(main, 'requestRotation', { credential: 'work', byHand: true }),
    ]);
    const confirm = confirmation.getByRole('button', { name: /“work”/ }).last();
    await confirm.click();
    await expect.poll(() => main.url()).toContain('#/rotation/');
    await expect(main.getByLabel(/new key/i).first()).toBeVisible();
    await main.screenshot({ path: join(shots, 'electron-by-hand.png') });
  });

  test('a request of the command line is told by a notification, which leads to its confirmation', async () => {
    const { app, main, desktop, service } = running;
    test.skip(desktop === null, 'the notifications of this desktop are the person’s');
    if (!desktop) return;
    await addKey();
    const [confirmation] = await Promise.all([app.waitForEvent('window'), running.askFromCommandLine('work')]);
    await expect.poll(() => desktop.notifications.shown.map(({ title }) => title)).toEqual(['Rotate “work”?']);
    const focused = (): Promise<string> =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.webContents.getURL() ?? '');
    await main.bringToFront();
    const [shown] = desktop.notifications.shown;
    desktop.notifications.click(shown?.id ?? 0);
    await expect.poll(focused).toContain('confirmation.html');
    expect(JSON.stringify(desktop.notifications.shown)).not.toContain(service.key);
    await confirmation.close();
  });

  test('Quit ends it, with everything put away', async () => {
    const { app } = running;
    const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
    await running.clickInTray('Quit Rekey');
    expect(await ended).toBe(0);
  });
});
