import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { extractFile, getRawHeader, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { DOMParser } from '@xmldom/xmldom';
import { NtExecutable, NtExecutableResource } from 'resedit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appOf } from '../../bridge/installation.ts';
import { root } from '../../build/build.ts';
import { onPath } from '../../build/test-machine.ts';
import type { Platform } from '../../main/machine.ts';
import { PACKABLE, type Packed, pack } from './packed.ts';

const EXECUTABLE: Record<Platform, string> = {
  darwin: 'Contents/MacOS/Rekey',
  linux: 'rekey-app',
  win32: 'Rekey.exe',
};

const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** All that may be in the archive. */
const WANTED = new RegExp(
  `^/(${[
    'package\\.json',
    'dist/main\\.mjs',
    'dist/chunks/[^/]+\\.mjs',
    'dist/preload/(main|confirmation)-window\\.cjs',
    'dist/icons/[a-z]+(Template)?(@2x)?\\.png',
    'dist/renderer/(index|confirmation)\\.html',
    'dist/renderer/assets/[^/]+\\.(js|css|svg)',
    'node_modules/keytar/(package\\.json|LICENSE\\.md|lib/keytar\\.js)',
    'node_modules/keytar/prebuilds/[a-z0-9]+-x64/keytar\\.node',
  ].join('|')})$`,
);

describe.each(PACKABLE)('the app for %s', (platform) => {
  let folder: string;
  let packed: Packed;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rekey-'));
    packed = await pack(platform, folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = (): string[] =>
    listPackage(packed.asar, { isPack: false }).filter((path) => !('files' in statFile(packed.asar, path.slice(1))));
  const read = (path: string): string => extractFile(packed.asar, path.slice(1)).toString('utf8');

  it('has in its archive what it runs, and nothing else', () => {
    expect(files().filter((path) => !WANTED.test(path))).toEqual([]);
    expect(files()).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/dist/main.mjs',
        '/dist/preload/main-window.cjs',
        '/dist/preload/confirmation-window.cjs',
        '/dist/renderer/index.html',
        '/dist/renderer/confirmation.html',
        `/node_modules/keytar/prebuilds/${platform}-x64/keytar.node`,
      ]),
    );
  });

  it('has every module that its main process imports', () => {
    const modules = files().filter((path) => path.endsWith('.mjs'));
    const imported = modules.flatMap((path) =>
      [...read(path).matchAll(/^(?:import|export) (?:[^'"]* from )?"([^"]+)";$|(?<!\{)\bimport\("([^"]+)"\)/gm)]
        .map((match) => match[1] ?? match[2] ?? '')
        .map((name) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name)),
    );
    expect(imported.some((name) => name.startsWith('/dist/chunks/'))).toBe(true);
    const known = [
      ...files(),
      'electron',
      'keytar',
      ...builtinModules,
      ...builtinModules.map((name) => `node:${name}`),
    ];
    expect([...new Set(imported)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it('tells nothing of the machine that it was made on', () => {
    const telling = files().filter((path) => {
      const text = read(path);
      return text.includes(root) || text.includes(`${homedir()}/`);
    });
    expect(telling).toEqual([]);
  });

  it('has outside of its checked archive only the keychain’s library', () => {
    const outside = globSync('**', { cwd: `${packed.asar}.unpacked`, withFileTypes: true });
    expect(outside.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual(['keytar.node']);
  });

  it('has not the page that Electron shows without an app', () => {
    expect(existsSync(join(packed.resources, 'default_app.asar'))).toBe(false);
  });

  it('has every fuse as the security rules say', async () => {
    const wire = await getCurrentFuseWire(platform === 'darwin' ? packed.app : join(packed.app, EXECUTABLE[platform]));
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableCookieEncryption]: ON,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    });
  });

  it('has the rekey program where that finds the app', () => {
    const program = join(packed.resources, 'bin', platform === 'win32' ? 'rekey.exe' : 'rekey');
    expect(existsSync(program)).toBe(true);
    const machine = { platform, home: '/home/u', env: { DISPLAY: ':0' } };
    const asHere = (path: string): string => path.replaceAll('\\', '/');
    const app = appOf(machine, { kind: 'packaged', program }, (path) => existsSync(asHere(path)));
    expect(asHere(app.command)).toBe(join(packed.app, EXECUTABLE[platform]));
  });

  it('brings the licences of all that is in it, and the list of its parts', () => {
    expect(readFileSync(join(packed.resources, 'licenses.txt'), 'utf8')).toContain('Node.js');
    expect(JSON.parse(readFileSync(join(packed.resources, 'sbom.cdx.json'), 'utf8')).bomFormat).toBe('CycloneDX');
    const beside = platform === 'darwin' ? packed.resources : packed.app;
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
      expect(existsSync(join(beside, name)), name).toBe(true);
  });

  if (platform === 'darwin') {
    it('is in the menu bar only, and says what its archive is to be', () => {
      const info = plist(readFileSync(join(packed.app, 'Contents/Info.plist'), 'utf8'));
      expect(info.get('LSUIElement')).toBe('true');
      expect(info.get('CFBundleIdentifier')).toBe('app.rekey.desktop');
      expect(info.get('Resources/app.asar')).toContain(headerHash(packed.asar));
      const icon = readFileSync(join(packed.resources, info.get('CFBundleIconFile') ?? ''));
      expect(icon.equals(readFileSync(join(root, 'build/icons/app/icon.icns')))).toBe(true);
    });
  }

  if (platform === 'win32') {
    it('says in its executable what its archive is to be, and shows the icon', () => {
      const executable = NtExecutable.from(readFileSync(join(packed.app, 'Rekey.exe')), { ignoreCert: true });
      const { entries } = NtExecutableResource.from(executable);
      const integrity = entries.find(({ type }) => type === 'INTEGRITY');
      expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString())).toEqual([
        { file: 'resources\\app.asar', alg: 'SHA256', value: headerHash(packed.asar) },
      ]);
      const RT_ICON = 3;
      expect(entries.filter(({ type }) => type === RT_ICON)).toHaveLength(7);
    });
  }

  if (platform === 'linux') {
    const canCheck = onPath('desktop-file-validate');
    it.skipIf(!canCheck)(
      `has desktop files that are valid${canCheck ? '' : ' (desktop-file-utils is missing)'}`,
      () => {
        for (const text of [packed.appImage.desktopFile, packed.deb.desktopFile]) {
          const file = join(folder, 'checked.desktop');
          writeFileSync(file, text);
          const checked = spawnSync('desktop-file-validate', [file], { encoding: 'utf8' });
          expect([checked.stdout, checked.stderr, checked.status]).toEqual(['', '', 0]);
        }
      },
    );

    it('is started with Chromium’s sandbox, and belongs to its windows', () => {
      for (const text of [packed.appImage.desktopFile, packed.deb.desktopFile]) {
        expect(text).not.toContain('--no-sandbox');
        expect(text).toContain('\nStartupWMClass=rekey-app\n');
        expect(text).toContain('\nCategories=Utility;\n');
      }
      expect(packed.deb.desktopFile).toContain('\nExec=/opt/Rekey/rekey-app %U\n');
      expect(JSON.parse(read('/package.json')).desktopName).toBe('rekey-app.desktop');
    });

    it('is, as a Debian package, one that needs the keychain and notifications', () => {
      const { options } = packed.deb;
      const depends = options.filter((_, index) => options[index - 1] === '-d');
      expect(depends).toEqual(expect.arrayContaining(['libsecret-1-0', 'libnotify4', 'libgtk-3-0', 'libnss3']));
      expect(options).toContain(`${packed.app}/=/opt/Rekey`);
      expect(options.some((option) => option.endsWith('=/usr/share/applications/rekey-app.desktop'))).toBe(true);
      for (const size of ['16x16', '512x512'])
        expect(options.some((o) => o.endsWith(`=/usr/share/icons/hicolor/${size}/apps/rekey-app.png`))).toBe(true);
    });

    it('puts, as a Debian package, rekey on the path, and takes it away again', () => {
      const { afterInstall, afterRemove } = packed.deb;
      expect(afterInstall).toContain("\nln -sf '/opt/Rekey/resources/bin/rekey' /usr/bin/rekey\n");
      expect(afterInstall).toContain('chrome-sandbox');
      expect(afterRemove).toContain('\nrm -f /usr/bin/rekey\n');
      for (const input of [afterInstall, afterRemove])
        expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    });
  }
});

/** What Electron compares the archive with when it starts. */
function headerHash(asar: string): string {
  return createHash('sha256').update(getRawHeader(asar).headerString).digest('hex');
}

/** The keys of a property list, at any depth, with the text of their values. @throws when it is not well formed. */
function plist(text: string): Map<string, string> {
  const document = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message);
    },
  }).parseFromString(text, 'text/xml');
  return new Map(
    Array.from(document.getElementsByTagName('key'), (key) => {
      let value = key.nextSibling;
      while (value && value.nodeType !== value.ELEMENT_NODE) value = value.nextSibling;
      return [key.textContent ?? '', value?.textContent?.trim() || (value?.nodeName ?? '')] as const;
    }),
  );
}

it('the entitlements for macOS are what the engine needs to compile, and nothing else', () => {
  const entitlements = plist(readFileSync(join(root, 'build/entitlements.mac.plist'), 'utf8'));
  expect([...entitlements]).toEqual([['com.apple.security.cs.allow-jit', 'true']]);
});
