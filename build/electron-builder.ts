import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import type { Platform } from '../main/machine.ts';
import { root } from './build.ts';
import { partsIn } from './parts.ts';

/** Whom the metadata of Linux packages names: `LICENSE` names them so, and there is no address. */
const AUTHORS = 'The Rekey authors';

const resources = join(root, 'build');
const icons = join(resources, 'icons/app');

interface Packaging {
  readonly platform: Platform;
  /** The folder of Electron's runtime for that platform. */
  readonly electronDist: string;
  /** Where the installers go, and the parts are. */
  readonly release: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * What goes into the installers, and what kinds there are.
 *
 * Signing and notarizing are electron-builder's own, by its environment variables (CSC_LINK, APPLE_TEAM_ID and so on);
 * without them the installers are unsigned.
 *
 * Of the environment: `REKEY_UPDATES_URL`: where a published version looks for newer ones; without it, nowhere.
 * `REKEY_HOMEPAGE`: the project's page, which a Debian package has to name; without it there is none.
 * `REKEY_MAINTAINER`: name and address of whoever publishes a Debian package.
 * @see https://www.electron.build/configuration
 */
export function packaging({ platform, electronDist, release, env }: Packaging): Configuration {
  const parts = partsIn(release);
  const { REKEY_UPDATES_URL: updates, REKEY_HOMEPAGE: homepage, REKEY_MAINTAINER: maintainer = AUTHORS } = env;
  return {
    appId: 'app.rekey.desktop',
    productName: 'Rekey',
    copyright: `Copyright © ${AUTHORS}`,
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    directories: { output: release, buildResources: resources },
    electronDist,
    afterExtract: removeDefaultApp,
    electronLanguages: ['en', 'zh-CN'],
    // keytar brings its binaries; nothing is compiled.
    npmRebuild: false,
    extraMetadata: { desktopName: 'rekey-app.desktop', ...(homepage && { homepage }) },
    publish: updates ? { provider: 'generic', url: updates } : null,

    // What is unpacked is not covered by the check of the archive: no more than has to be.
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    // All else that the app needs is bundled into dist/.
    files: [
      'package.json',
      'dist/main.mjs',
      'dist/chunks/*.mjs',
      'dist/preload/*.cjs',
      'dist/icons/**',
      'dist/renderer/**',
      '!**/*.map',
      '!node_modules/**',
      'node_modules/keytar/{package.json,LICENSE.md,lib/**}',
      `node_modules/keytar/prebuilds/${platform}-\${arch}/*.node`,
    ],
    extraResources: [
      { from: parts.programs, to: 'bin' },
      { from: parts.licenses, to: 'licenses.txt' },
      { from: parts.sbom, to: 'sbom.cdx.json' },
    ],
    /** @see https://www.electronjs.org/docs/latest/tutorial/fuses */
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },

    mac: {
      target: ['dmg', 'zip'],
      category: 'public.app-category.utilities',
      icon: join(icons, 'icon.icns'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: join(resources, 'entitlements.mac.plist'),
      entitlementsInherit: join(resources, 'entitlements.mac.plist'),
      extendInfo: { LSUIElement: true },
      // Elsewhere they stand beside the app by themselves.
      extraResources: [
        { from: join(electronDist, 'LICENSE'), to: 'LICENSE.electron.txt' },
        { from: join(electronDist, 'LICENSES.chromium.html'), to: 'LICENSES.chromium.html' },
      ],
    },
    win: { target: ['nsis'], icon: join(icons, 'icon.ico') },
    // Into the user's own folder, without an administrator; the keys and what Rekey knows of them stay when it is removed.
    nsis: { oneClick: true, perMachine: false, allowElevation: false, deleteAppDataOnUninstall: false },
    linux: {
      target: homepage ? ['AppImage', 'deb'] : ['AppImage'],
      category: 'Utility',
      // `rekey` is the command; see parts.programs.
      executableName: 'rekey-app',
      syncDesktopName: true,
      icon: join(icons, 'linux'),
      maintainer,
      synopsis: 'Rotation of API keys from the tray',
      desktop: { entry: { Keywords: 'API;key;token;credential;rotate;MCP;' } },
    },
    deb: {
      packageCategory: 'utils',
      // electron-builder's own, with the keychain and notifications said here: the app needs both.
      depends: [
        'libgtk-3-0',
        'libnss3',
        'libxss1',
        'libxtst6',
        'libatspi2.0-0',
        'libuuid1',
        'xdg-utils',
        'libnotify4',
        'libsecret-1-0',
      ],
      recommends: ['gnome-keyring | kwalletmanager'],
      afterInstall: parts.afterInstall,
      afterRemove: parts.afterRemove,
    },
    // Of the older runtime, desktop files start the app without Chromium's sandbox.
    toolsets: { appimage: '1.0.3' },
  };
}

/** Electron's own page for whoever starts it without an app; electron-builder leaves it in a runtime that it is given. */
async function removeDefaultApp({ appOutDir, electronPlatformName }: AfterPackContext): Promise<void> {
  const resources = electronPlatformName === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources';
  await rm(join(appOutDir, resources, 'default_app.asar'), { force: true });
}
