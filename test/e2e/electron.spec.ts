import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright';
import { expect, test } from 'playwright/test';
import { build } from '../../build/build.ts';
import { thisMachine } from '../../main/machine.ts';
import { chooseShell } from '../../main/shells/choose.ts';
import { type FakeBitscale, startBitscale } from '../fakes/bitscale.ts';

/** The built app in a real Electron, on real windows; the tray's menu is clicked from inside the main process. */
const root = join(import.meta.dirname, '../..');
const shots = join(import.meta.dirname, 'shots');
const shell = chooseShell(thisMachine(homedir()), root);

test.skip(shell.kind !== 'electron', shell.why);

let home: string;
let file: string;
let service: FakeBitscale;
let app: ElectronApplication;
let main: Page;

test.beforeAll(async () => {
  if (process.env.REKEY_BUILT !== '1') await build();
});

test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rekey-'));
  service = await startBitscale();
  file = join(home, '.claude.json');
  await writeFile(
    file,
    JSON.stringify({ mcpServers: { one: { command: 'npx', env: { BITSCALE_API_KEY: service.key } } } }),
  );
  app = await electron.launch({
    executablePath: shell.command,
    // Chromium's own sandbox does not run as root.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...shell.args],
    env: environment(),
  });
  main = await app.firstWindow();
  await keepMenus();
  await call(main, 'chooseKeychain', { kind: 'file', passphrase: 'only for this test' });
});

test.afterEach(async () => {
  await app.close();
  await service.stop();
  await rm(home, { recursive: true, force: true });
});

// The list of results has no place for the reason of a skip but the title.
test.describe(shell.kind === 'electron' ? 'in Electron' : `in Electron (left out: ${shell.why})`, () => {
  test('a click in the tray, the confirmation, and the new key stands in the host’s file', async () => {
    const old = service.key;
    await addKey();
    await main.screenshot({ path: join(shots, 'electron-main.png') });
    const [confirmation] = await Promise.all([app.waitForEvent('window'), clickInTray('Rotate “work”…')]);
    await confirmation.screenshot({ path: join(shots, 'electron-confirmation.png') });
    await confirmation.getByRole('button', { name: /^Rotate “work”/ }).click();
    await expect.poll(async () => await keyInFile()).not.toBe(old);
    expect(await keyInFile()).toBe(service.key);
    expect(service.rotations).toBe(1);
  });

  test('closing the confirmation is a no', async () => {
    const old = service.key;
    await addKey();
    const [confirmation] = await Promise.all([app.waitForEvent('window'), clickInTray('Rotate “work”…')]);
    await confirmation.getByRole('button', { name: 'Cancel' }).waitFor();
    await confirmation.close();
    await expect.poll(async () => (await call(main, 'listApprovals', {})).result).toMatchObject([{ state: 'denied' }]);
    expect(await keyInFile()).toBe(old);
    expect(service.rotationRequests).toBe(0);
  });

  test('the windows have what the checklist asks for, in the running app', async () => {
    expect(main.url()).toBe('app://rekey/index.html');
    expect(await main.evaluate(() => [typeof globalThis.process, 'require' in globalThis])).toEqual([
      'undefined',
      false,
    ]);
    expect(await main.evaluate(() => Object.keys(window.rekey ?? {}))).toEqual(['call', 'on']);
    const approve = { id: 'any', planHash: 'any' };
    expect(await call(main, 'approve', approve)).toMatchObject({ failure: { code: 'call-not-allowed' } });
    // Refused by the policy, before any connection.
    expect(
      await main.evaluate(
        (url) =>
          fetch(url).then(
            () => 'fetched',
            () => 'refused',
          ),
        service.url,
      ),
    ).toBe('refused');
    expect(
      await main.evaluate(() =>
        fetch('app://rekey/..%2fmain.mjs').then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    ).toBe('refused');
    expect(await main.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    await main.evaluate(() => {
      location.href = 'https://example.com/';
    });
    // Long enough for a navigation that is let.
    await main.waitForTimeout(500);
    expect(main.url()).toBe('app://rekey/index.html');
  });
});

/** A home of its own for Rekey and every host; nothing of this machine's. */
function environment(): Record<string, string> {
  const kept = [
    'PATH',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'DBUS_SESSION_BUS_ADDRESS',
    'SystemRoot',
  ];
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return { ...env, HOME: home, USERPROFILE: home, REKEY_HOME: join(home, 'rekey') };
}

async function call(page: Page, name: string, input: unknown): Promise<{ result?: unknown; failure?: unknown }> {
  return (await page.evaluate(([n, i]) => window.rekey?.call(n as string, i), [name, input] as const)) ?? {};
}

async function addKey(): Promise<void> {
  await mkdir(shots, { recursive: true });
  const input = { name: 'work', provider: 'bitscale', key: service.key, baseUrl: service.url };
  expect(await call(main, 'addCredential', input)).toHaveProperty('result');
}

async function keyInFile(): Promise<string> {
  return JSON.parse(await readFile(file, 'utf8')).mcpServers.one.env.BITSCALE_API_KEY;
}

type Keeper = { trayMenu?: Electron.Menu };

/** Nobody can ask a tray for its menu: from now on, each one that is set is kept for the test. */
async function keepMenus(): Promise<void> {
  await app.evaluate(({ Tray }) => {
    const set = Tray.prototype.setContextMenu;
    Tray.prototype.setContextMenu = function (menu) {
      if (menu) (globalThis as Keeper).trayMenu = menu;
      set.call(this, menu);
    };
  });
}

async function clickInTray(label: string): Promise<void> {
  const click = (wanted: string) =>
    app.evaluate((_electron, name) => {
      const all = (menu: Electron.Menu): Electron.MenuItem[] =>
        menu.items.flatMap((item) => [item, ...(item.submenu ? all(item.submenu) : [])]);
      const { trayMenu } = globalThis as Keeper;
      const item = trayMenu && all(trayMenu).find((one) => one.label === name && one.enabled);
      item?.click();
      return item !== undefined;
    }, wanted);
  // The menu follows the change of the keys a moment later.
  await expect.poll(() => click(label)).toBe(true);
}
